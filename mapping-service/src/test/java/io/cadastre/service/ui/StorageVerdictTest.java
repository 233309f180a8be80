/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.api.StorageJudgementJson;
import io.cadastre.service.api.StorageJudgementJson.Found;
import io.cadastre.service.ui.page.StorageConfPage.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a page has of a judgement. */
class StorageVerdictTest {
  private static final String FILE = "/etc/containers/storage.conf";

  private static Verdict verdict(int lines, long findings) {
    List<Found> found =
        LongStream.rangeClosed(1, findings)
            .mapToObj(
                line ->
                    new Found(
                        "rule",
                        "warning",
                        "subject",
                        "message " + line,
                        "",
                        Optional.of(FILE),
                        Optional.of(line),
                        Optional.empty()))
            .toList();
    StorageJudgementJson judged =
        new StorageJudgementJson(
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            found,
            Optional.empty());
    return StorageVerdict.of(judged, "\n".repeat(lines), FILE);
  }

  @Test
  void eachFindingIsAtItsLine() {
    Verdict verdict = verdict(3, 5);
    assertThat(verdict.lines())
        .extracting(line -> line.notes().get(0).message())
        .containsExactly("message 1", "message 2", "message 3");
    assertThat(verdict.others())
        .extracting(note -> note.message())
        .containsExactly("message 4", "message 5");
    assertThat(verdict.cut()).isEmpty();
  }

  @Test
  void linesAndFindingsAreBounded() {
    Verdict verdict = verdict(StorageVerdict.MOST_LINES + 1, StorageVerdict.MOST_FINDINGS + 1);
    assertThat(verdict.lines()).hasSize(StorageVerdict.MOST_LINES);
    assertThat(verdict.lines().stream().mapToInt(line -> line.notes().size()).sum())
        .isEqualTo(StorageVerdict.MOST_FINDINGS);
    assertThat(verdict.cut().orElseThrow()).contains("5001 lines", "2001 findings");
  }
}
