/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The lines of a golden file. */
class AnswerTest {
  private static final Answer ANSWER =
      Answer.of("vfs", "/g", "/r", "", false, Map.of("vfs.ignore_chown_errors", " true\t"));

  @Test
  void aLineSaysWhatPodmanSaid() {
    assertThat(ANSWER.line("case", ""))
        .isEqualTo("case\tvfs\t/g\t/r\tvfs.ignore_chown_errors= true\\t");
    assertThat(Answer.ofLine(ANSWER.line("case", ""))).isEqualTo(ANSWER);
  }

  @Test
  void aLineHasImagestoreAndTransientStoreOnlyIfTheyAreSet() {
    Answer answer =
        Answer.of("overlay", "/g", "/r", "/i", true, Map.of("overlay.imagestore", "/a"));
    assertThat(answer.line("case", ""))
        .isEqualTo(
            "case\toverlay\t/g\t/r\t@imagestore=/i\t@transient_store=true\toverlay.imagestore=/a");
    assertThat(Answer.ofLine(answer.line("case", ""))).isEqualTo(answer);
  }

  @Test
  void aRefusalHasTheLastLineThatPodmanWrote() {
    String line = Answer.REFUSED.line("case", "warning\nError:\tno such driver");
    assertThat(line).isEqualTo("case\trefused\tError:\\tno such driver");
    assertThat(Answer.ofLine(line)).isEqualTo(Answer.REFUSED);
    assertThat(Answer.ofLine("case\trefused")).isEqualTo(Answer.REFUSED);
  }
}
