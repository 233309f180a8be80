/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;

/**
 * A Podman that the rules are compared with. The answers of one that this machine does not have are
 * in {@code podman-VERSION.answers}; the cases on which the rules still differ are in {@code
 * podman-VERSION.differences}.
 *
 * @param version the version, as Engine knows it
 */
record TestedPodman(String version) {
  private static final Path FOLDER = Path.of("src/test/resources/io/cadastre/storage");
  private static final String PREFIX = "podman-";
  private static final String SUFFIX = ".answers";

  /** Returns those with recorded answers, in the order of their versions. */
  static List<TestedPodman> recorded() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(PREFIX) && name.endsWith(SUFFIX))
          .map(name -> name.substring(PREFIX.length(), name.length() - SUFFIX.length()))
          .sorted()
          .map(TestedPodman::new)
          .toList();
    }
  }

  /** Returns the cases that every recorded Podman has answered. */
  static List<StorageCase> cases() {
    List<StorageCase> cases = new ArrayList<>(StorageCorpus.cases());
    cases.addAll(GeneratedCases.cases(GeneratedCases.SEED, GeneratedCases.RECORDED));
    return cases;
  }

  private Path file() {
    return FOLDER.resolve(PREFIX + version + SUFFIX);
  }

  /** Returns the engine whose rules must answer as this Podman. */
  Engine engine() {
    return Engine.of(version).orElseThrow();
  }

  /** Returns the recorded lines, by the name of the case; none if there is no file. */
  Map<String, String> lines() throws IOException {
    Map<String, String> lines = new LinkedHashMap<>();
    if (Files.exists(file())) {
      for (String line : Files.readAllLines(file())) {
        if (!line.startsWith("#")) {
          lines.put(line.substring(0, line.indexOf('\t')), line);
        }
      }
    }
    return lines;
  }

  /**
   * Writes the file anew.
   *
   * @param said the output of {@code podman --version}
   * @param lines one for each case, from {@link Answer#line}
   */
  void write(String said, Collection<String> lines) throws IOException {
    List<String> all = new ArrayList<>(List.of("# " + said));
    all.addAll(lines);
    Files.write(file(), all);
  }

  /** Returns the names of the cases on which the rules and this Podman still differ. */
  Set<String> differences() throws IOException {
    Path file = FOLDER.resolve(PREFIX + version + ".differences");
    if (!Files.exists(file)) {
      return Set.of();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines.filter(line -> !line.startsWith("#")).collect(Collectors.toSet());
    }
  }

  /**
   * Returns a test for each case: the rules answer as this Podman, or differ as it is listed.
   *
   * @param answers the answers of this Podman, by the name of the case
   * @param said what it said to a case, for the message
   */
  Stream<DynamicTest> tests(
      List<StorageCase> cases, Map<String, Answer> answers, Function<StorageCase, String> said)
      throws IOException {
    Set<String> differences = differences();
    List<String> names = cases.stream().map(StorageCase::name).toList();
    assertThat(names).containsAll(differences);
    return cases.stream()
        .map(
            asked ->
                DynamicTest.dynamicTest(
                    asked.name(),
                    () -> {
                      Answer theirs = answers.get(asked.name());
                      ThrowingCallable compare =
                          () -> theirs.requireRules(asked, engine(), said.apply(asked));
                      if (differences.contains(asked.name())) {
                        assertThatThrownBy(compare).isInstanceOf(AssertionError.class);
                      } else {
                        compare.call();
                      }
                    }));
  }
}
