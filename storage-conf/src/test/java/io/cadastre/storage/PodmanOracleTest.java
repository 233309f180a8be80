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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the rules against the Podman of this machine: Debian 12's, of the legacy edition. */
@Tag("slow")
class PodmanOracleTest {
  @TempDir Path scratch;

  @Test
  void answersAsPodmanDoes() throws Exception {
    List<StorageCase> cases = new ArrayList<>(StorageCorpus.cases());
    cases.addAll(LegacyCases.cases());
    PodmanOracle oracle = new PodmanOracle(scratch);
    Map<String, Answer> answers = oracle.answers(cases);
    List<String> differences = new ArrayList<>();
    for (StorageCase asked : cases) {
      StorageJudgement judgement = StorageRules.judge(asked.request(Engine.LEGACY));
      Answer ours = Answer.of(judgement);
      Answer theirs = answers.get(asked.name());
      if (StorageCorpus.REOPENED.contains(asked.name())
          || LegacyCases.NO_TOML.contains(asked.name())) {
        theirs.requireOnlyOursBroken(judgement);
      } else if (!ours.agreesWith(theirs)) {
        differences.add(
            "%s%n  podman: %s %s%n  rules:  %s %s"
                .formatted(
                    asked,
                    theirs.line(""),
                    oracle.errors(asked),
                    ours.line(""),
                    judgement.refusal().map(Refusal::reason).orElse("")));
      }
    }
    assertThat(cases).hasSizeGreaterThan(300);
    assertThat(differences).isEmpty();
  }
}
