/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdSpaceDocumentTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("cadastre.root"), "docs/id-space.md");

  @Test
  void documentHasTheTableOfTheCode() throws IOException {
    List<String> rows =
        ReservedIds.TABLE.stream()
            .map(
                r ->
                    "| %d | %d | %s | %s | %s |"
                        .formatted(
                            r.ids().start(),
                            r.ids().last(),
                            r.claimant(),
                            word(r.claim()),
                            r.source()))
            .toList();
    try (Stream<String> lines = Files.lines(DOCUMENT)) {
      assertThat(lines.filter(line -> line.matches("\\| [0-9].*")).toList()).isEqualTo(rows);
    }
  }

  private static String word(ReservedRange.Claim claim) {
    return switch (claim) {
      case FORBIDDEN -> "forbidden";
      case CLAIMED -> "claimed";
      case ABOVE_2GI -> "above 2^31";
    };
  }
}
