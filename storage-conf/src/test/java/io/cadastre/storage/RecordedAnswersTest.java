/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/**
 * Compares the rules with the recorded answers of Podmans that this machine does not have. {@code
 * bin/soak oracle} asks them again, in trees of newer Debians, and records others.
 */
class RecordedAnswersTest {
  /** Each case of each Podman is a test of its own. */
  @TestFactory
  Stream<DynamicContainer> answersAsPodmanDid() throws IOException {
    List<StorageCase> cases = TestedPodman.cases();
    assertThat(StorageCorpus.cases()).hasSizeGreaterThan(600);
    assertThat(cases).hasSizeGreaterThan(StorageCorpus.cases().size() + 299);
    Stream.Builder<DynamicContainer> podmans = Stream.builder();
    for (TestedPodman podman : TestedPodman.recorded()) {
      Map<String, String> lines = podman.lines();
      assertThat(lines).containsOnlyKeys(cases.stream().map(StorageCase::name).toList());
      Map<String, Answer> answers = new TreeMap<>();
      lines.forEach((name, line) -> answers.put(name, Answer.ofLine(line)));
      podmans.add(
          DynamicContainer.dynamicContainer(
              "Podman " + podman.version(),
              podman.tests(cases, answers, asked -> lines.get(asked.name()))));
    }
    return podmans.build();
  }
}
