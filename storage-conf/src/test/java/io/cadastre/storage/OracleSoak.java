/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Asks the Podman of a Debian tree. {@code bin/soak oracle} runs it, with the tree in a property;
 * its name keeps it out of bin/test.
 */
@Tag("slow")
@EnabledIfSystemProperty(named = OracleSoak.TREE, matches = "/.*")
class OracleSoak {
  /** The Debian tree; {@code /} is this machine, whose Podman bin/test asks. */
  static final String TREE = "cadastre.soak.oracle";

  /** The version that its golden file is named by. */
  static final String VERSION = "cadastre.oracle.version";

  /**
   * {@code true} writes the golden file anew, {@code missing} adds the cases that it does not have.
   */
  static final String RECORD = "cadastre.oracle.record";

  /** The seed of the generated cases that no golden file has. */
  static final String SEED = "cadastre.oracle.seed";

  private final String tree = String.valueOf(System.getProperty(TREE));
  private final TestedPodman podman = new TestedPodman(String.valueOf(System.getProperty(VERSION)));

  @TempDir Path scratch;

  /** The recorded answers are still those of this Podman. */
  @TestFactory
  Stream<DynamicTest> answersAsRecorded() throws Exception {
    List<StorageCase> cases = new ArrayList<>(TestedPodman.cases());
    Map<String, String> recorded = record("true") ? new TreeMap<>() : podman.lines();
    if (record("missing")) {
      cases.removeIf(asked -> recorded.containsKey(asked.name()));
    }
    PodmanOracle oracle = oracle();
    Map<String, Answer> answers = oracle.answers(cases);
    String version = version(oracle);
    if (record("missing") || record("true")) {
      for (StorageCase asked : cases) {
        String line = answers.get(asked.name()).line(asked.name(), oracle.errors(asked));
        recorded.put(asked.name(), line);
      }
      podman.write(
          version, TestedPodman.cases().stream().map(asked -> recorded.get(asked.name())).toList());
    }
    assertThat(recorded)
        .containsOnlyKeys(TestedPodman.cases().stream().map(StorageCase::name).toList());
    return cases.stream()
        .map(
            asked ->
                DynamicTest.dynamicTest(
                    asked.name(),
                    () ->
                        assertThat(answers.get(asked.name()))
                            .as("%s%n%s", asked, oracle.errors(asked))
                            .isEqualTo(Answer.ofLine(recorded.get(asked.name())))));
  }

  /** The rules answer as this Podman does for cases of another seed. */
  @TestFactory
  Stream<DynamicTest> rulesAnswerAsThisPodman() throws Exception {
    long seed = Long.getLong(SEED, System.nanoTime());
    System.out.printf("oracle: Podman %s, seed %d%n", podman.version(), seed);
    List<StorageCase> cases = GeneratedCases.cases(seed, GeneratedCases.RECORDED);
    PodmanOracle oracle = oracle();
    Map<String, Answer> answers = oracle.answers(cases);
    return cases.stream()
        .map(
            asked ->
                DynamicTest.dynamicTest(
                    asked.name(),
                    () ->
                        answers
                            .get(asked.name())
                            .requireRules(asked, podman.engine(), oracle.errors(asked))));
  }

  private static boolean record(String what) {
    return what.equals(System.getProperty(RECORD));
  }

  private PodmanOracle oracle() throws Exception {
    return new PodmanOracle(Files.createTempDirectory(scratch, "cases"), tree);
  }

  /** Returns what the Podman says of its version, which must be the one of the golden file. */
  private String version(PodmanOracle oracle) throws Exception {
    String said = oracle.version();
    assertThat(said).isEqualTo("podman version " + podman.version().replaceAll("\\+.*", ""));
    return said;
  }
}
