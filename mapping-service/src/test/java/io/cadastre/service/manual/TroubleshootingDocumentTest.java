/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.manual;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.guard.Rule;
import io.cadastre.service.api.Problem;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.subid.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/troubleshooting.md has each exit status and each code of an answer, with a remedy. */
class TroubleshootingDocumentTest {
  private static final Pattern CODE = Pattern.compile("`([a-z-]+)`");
  private static final Path ROOT = Path.of(System.getProperty("cadastre.root", ".."));

  @Test
  void thePageHasTheMeaningOfEachExitStatus() throws IOException {
    for (ExitCode exit : ExitCode.values()) {
      assertThat(page()).contains("| %d | %s |\n".formatted(exit.code(), exit.meaning()));
    }
  }

  @Test
  void thePageSaysWhatToDoAfterEachExitStatus() throws IOException {
    Set<String> remedied =
        rows("| exit status | of | do |").map(cells -> cells.get(0)).collect(Collectors.toSet());

    assertThat(remedied)
        .containsAll(Arrays.stream(ExitCode.values()).map(exit -> "" + exit.code()).toList());
  }

  @Test
  void thePageSaysWhatToDoAfterEachRuleOfANode() throws IOException {
    Set<List<String>> remedied =
        rows("| exit status | rule | do |")
            .map(cells -> cells.subList(0, 2))
            .collect(Collectors.toSet());

    assertThat(remedied)
        .isEqualTo(
            Arrays.stream(Rule.values())
                .map(rule -> List.of("" + rule.exitStatus(), "`" + rule.word() + "`"))
                .collect(Collectors.toSet()));
  }

  /** Of the registry, of HTTP itself, and of the service's failures. */
  @Test
  void thePageSaysWhatToDoAfterEachCodeOfAnAnswer() throws IOException {
    Set<String> remedied =
        rows("| code | do |")
            .flatMap(cells -> CODE.matcher(cells.get(0)).results())
            .map(code -> code.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    Stream<Problem> problems =
        Stream.concat(
            Arrays.stream(RefusalCode.values()).map(code -> Problem.of(code, "")),
            IntStream.range(400, 600).mapToObj(status -> Problem.of(status, "")));

    assertThat(remedied)
        .isEqualTo(
            problems
                .map(problem -> problem.type().replaceFirst(".*:", ""))
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  /** The rows of all tables with this head; each row has as many cells, and none is empty. */
  private static Stream<List<String>> rows(String head) throws IOException {
    List<String> lines = page().lines().toList();
    int first = lines.indexOf(head) + 2;
    assertThat(first).as(head).isGreaterThan(1);
    return lines.subList(first, lines.size()).stream()
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> List.of(line.substring(2, line.length() - 2).split(" [|] ", -1)))
        .peek(cells -> assertThat(cells).hasSize(head.split("[|]", -1).length - 2))
        .peek(cells -> assertThat(cells).noneMatch(String::isBlank));
  }

  private static String page() throws IOException {
    return Files.readString(ROOT.resolve("docs/troubleshooting.md"));
  }
}
