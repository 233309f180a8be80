/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Compares the rules with the Podman of this machine: Debian 12's, of the legacy edition. */
@Tag("slow")
class PodmanOracleTest {
  /** The number of generated cases: a call of Podman takes a good part of a second. */
  private static final int LIVE = 120;

  @TempDir Path scratch;

  /** Asks Podman about all cases at once; each case is a test of its own. */
  @TestFactory
  Stream<DynamicTest> answersAsPodmanDoes() throws Exception {
    List<StorageCase> cases = new ArrayList<>(StorageCorpus.cases());
    cases.addAll(GeneratedCases.cases(GeneratedCases.SEED, LIVE));
    assertThat(cases).hasSizeGreaterThan(600);
    PodmanOracle oracle = new PodmanOracle(scratch);
    Map<String, Answer> answers = oracle.answers(cases);
    return new TestedPodman("4.3.1").tests(cases, answers, oracle::errors);
  }
}
