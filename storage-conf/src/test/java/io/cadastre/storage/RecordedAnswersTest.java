/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Compares the rules with the recorded answers of Podmans that this machine does not have. {@code
 * bin/soak oracle} asks them again, in trees of newer Debians, and records others.
 */
class RecordedAnswersTest {
  /** Each case of each Podman is a test of its own. */
  @TestFactory
  Stream<DynamicContainer> answersAsPodmanDid() throws Exception {
    List<StorageCase> cases = GoldenAnswers.cases();
    assertThat(StorageCorpus.cases()).hasSizeGreaterThan(600);
    assertThat(cases).hasSizeGreaterThan(StorageCorpus.cases().size() + 299);
    Stream.Builder<DynamicContainer> podmans = Stream.builder();
    for (GoldenAnswers golden : GoldenAnswers.all()) {
      podmans.add(
          DynamicContainer.dynamicContainer("Podman " + golden.version(), tests(golden, cases)));
    }
    return podmans.build();
  }

  private static Stream<DynamicTest> tests(GoldenAnswers golden, List<StorageCase> cases)
      throws Exception {
    Map<String, String> lines = golden.lines();
    Set<String> differences = golden.differences();
    List<String> names = cases.stream().map(StorageCase::name).toList();
    assertThat(lines).containsOnlyKeys(names);
    assertThat(names).containsAll(differences);
    return cases.stream()
        .map(
            asked ->
                DynamicTest.dynamicTest(
                    asked.name(),
                    () -> {
                      String line = lines.get(asked.name());
                      Answer theirs = Answer.ofLine(line);
                      if (differences.contains(asked.name())) {
                        assertThatThrownBy(() -> theirs.requireRules(asked, golden.engine(), line))
                            .isInstanceOf(AssertionError.class);
                      } else {
                        theirs.requireRules(asked, golden.engine(), line);
                      }
                    }));
  }
}
