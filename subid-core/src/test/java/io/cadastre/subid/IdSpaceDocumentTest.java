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
                    "| %d | %d | %s | %s | %s | %s | %s |"
                        .formatted(
                            r.ids().start(),
                            r.ids().last(),
                            r.claimant(),
                            word(r.claim()),
                            r.keyword(),
                            r.source(),
                            r.remedy()))
            .toList();
    try (Stream<String> lines = Files.lines(DOCUMENT)) {
      assertThat(lines.filter(line -> line.matches("\\| [0-9].*")).toList()).isEqualTo(rows);
    }
  }

  /** Review R27: the page sizes the kubelet's pool, and the sizes are right. */
  @Test
  void documentSizesThePoolOfAKubelet() throws IOException {
    String text = Files.readString(DOCUMENT);

    for (int pods : List.of(110, 250, 500)) {
      assertThat(text).contains("| %d | %,d |".formatted(pods, pods * 65536L));
    }
    Pool pool =
        new Pool(
            "kubelet",
            128L * 65536,
            List.of(IdRange.between(1879048192, 1887436799)),
            Strategy.NEXT_FREE,
            1000);
    assertThat(pool.slots()).isEqualTo(1);
    assertThat(ReservedIds.forbidding(pool.range(0), AcceptedClaims.NONE)).isEmpty();
    assertThat(text).contains("first: 1879048192", "last: 1887436799", "count: 8388608");
  }

  private static String word(ReservedRange.Claim claim) {
    return switch (claim) {
      case FORBIDDEN -> "forbidden";
      case CLAIMED -> "claimed";
      case OPT_IN -> "opt-in";
      case ABOVE_2GI -> "above 2^31";
    };
  }
}
