/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares the rules with the recorded answers of a Podman of the merged edition. To ask another:
 * make its tree with test/sh/unstable-tree and run this test as root with {@code
 * -Dcadastre.oracle.tree=TREE}, which writes the file anew.
 */
class MergedRulesTest {
  private static final Path GOLDEN =
      Path.of("src/test/resources/io/cadastre/storage/merged.answers");

  @TempDir Path scratch;

  /** Each case is a test of its own. */
  @TestFactory
  Stream<DynamicTest> answersAsPodmanDid() throws Exception {
    List<StorageCase> cases = StorageCorpus.cases();
    String tree = System.getProperty("cadastre.oracle.tree", "");
    if (!tree.isEmpty()) {
      record(cases, tree);
    }
    Map<String, Answer> answers = answers();
    assertThat(answers.keySet())
        .containsExactlyInAnyOrderElementsOf(cases.stream().map(StorageCase::name).toList());
    return cases.stream()
        .map(
            asked ->
                DynamicTest.dynamicTest(
                    asked.name(),
                    () -> {
                      StorageJudgement judgement = StorageRules.judge(asked.request(Engine.MERGED));
                      Answer theirs = answers.get(asked.name());
                      if (StorageCorpus.REOPENED.contains(asked.name())) {
                        theirs.requireOnlyOursBroken(judgement);
                      } else {
                        theirs.requireSame(judgement, asked, "");
                      }
                    }));
  }

  private void record(List<StorageCase> cases, String tree) throws Exception {
    PodmanOracle oracle = new PodmanOracle(scratch, tree);
    Map<String, Answer> answers = oracle.answers(cases);
    List<String> lines = new ArrayList<>();
    lines.add("# " + oracle.version());
    for (StorageCase asked : cases) {
      lines.add(answers.get(asked.name()).line(asked.name()));
    }
    Files.write(GOLDEN, lines);
  }

  private static Map<String, Answer> answers() throws IOException {
    Map<String, Answer> answers = new TreeMap<>();
    for (String line : Files.readAllLines(GOLDEN)) {
      if (!line.startsWith("#")) {
        answers.put(line.substring(0, line.indexOf('\t')), Answer.ofLine(line));
      }
    }
    return answers;
  }
}
