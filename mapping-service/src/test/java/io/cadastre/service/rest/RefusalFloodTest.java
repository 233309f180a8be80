/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.access.TokenText;
import io.cadastre.service.file.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flood of refused requests, each unlike the others, fills no disk. Four seconds. */
@Tag("slow")
class RefusalFloodTest {
  @TempDir Path dir;

  @Test
  void onlySomeLinesAreLoggedAndAllAreCounted() throws Exception {
    TokenText bootstrap = TokenText.random(new SecureRandom());
    Path file = dir.resolve("bootstrap.token");
    SecretFile.create(file, bootstrap::text);
    try (Service service =
        Service.limited(dir, "{bootstrapTokenFile: %s}".formatted(file), "limits: {}\n")) {
      for (int i = 0; i < 600; i++) {
        assertThat(service.get("/v1/owners/%d-%s".formatted(i, "x".repeat(900))).status())
            .isEqualTo(401);
      }
      Thread.sleep(1100);
      assertThat(service.get("/v1/owners/last").status()).isEqualTo(401);

      assertThat(lines()).hasSizeBetween(200, 500).allMatch(line -> line.length() < 500);
      assertThat(Files.readString(dir.resolve("service.log")))
          .containsPattern("[0-9]+ further requests were refused and not logged");
      assertThat(
              service
                  .adminAs("GET", "/metrics", "Authorization", "Bearer " + bootstrap.text())
                  .json()
                  .at("/counters/cadastre.refused.unauthenticated/count")
                  .asLong())
          .isEqualTo(601);
    }
  }

  private List<String> lines() throws IOException {
    try (var all = Files.lines(dir.resolve("service.log"))) {
      return all.filter(line -> line.contains("refused (unauthenticated)")).toList();
    }
  }
}
