/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/nodes.md knows all checks of {@link NodeCheck}. */
class ChecksInTheManualTest {
  private static final Pattern NAMES = Pattern.compile("N([0-9]{2})(?: to N([0-9]{2}))?");

  private static String manual() throws IOException {
    return Files.readString(Path.of(System.getProperty("cadastre.root"), "docs/nodes.md"));
  }

  private static String last() {
    NodeCheck[] all = NodeCheck.values();
    return all[all.length - 1].name();
  }

  @Test
  void allChecksEndAtTheLastOne() throws IOException {
    List<String> ends =
        Pattern.compile("N01 to (N[0-9]{2})\\b(?! \\|)")
            .matcher(manual())
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(ends).isNotEmpty().containsOnly(last());
  }

  @Test
  void theTableHasAllChecksOfANode() throws IOException {
    Set<String> named = new TreeSet<>();
    manual()
        .lines()
        .dropWhile(line -> !line.startsWith("| check | fails or warns if |"))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> line.split("[|]", -1)[1])
        .flatMap(cell -> NAMES.matcher(cell).results())
        .forEach(found -> addAll(found, named));
    assertThat(named)
        .containsAll(
            Arrays.stream(NodeCheck.values())
                .filter(check -> !check.ofUser())
                .map(NodeCheck::name)
                .toList());
  }

  private static void addAll(MatchResult found, Set<String> named) {
    int first = Integer.parseInt(found.group(1));
    int last = found.group(2) == null ? first : Integer.parseInt(found.group(2));
    for (int number = first; number <= last; number++) {
      named.add("N%02d".formatted(number));
    }
  }
}
