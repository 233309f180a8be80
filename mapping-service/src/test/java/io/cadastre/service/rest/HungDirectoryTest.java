/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cadastre.service.directory.Slapd;
import io.cadastre.service.rest.Service.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A slapd that is there and never answers: health says so, look-ups and snapshot go on. */
@Tag("slow")
class HungDirectoryTest {
  private static final int WATCHERS = 20;

  @TempDir Path folder;

  @Test
  void healthAndLookupsAnswerWhileTheDirectoryHangs() throws Exception {
    assumeTrue(Slapd.isInstalled(), "SKIPPED: slapd is not installed (Debian package slapd)");
    ExecutorService threads = Executors.newFixedThreadPool(WATCHERS);
    try (Slapd slapd = Slapd.start();
        Service service = Service.ofYaml(folder, slapd.yaml())) {
      slapd.addAccount("zoe", 5000, 5000);
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> service.put("/v1/owners/zoe", "").status() == 201);
      slapd.hang();
      List<Future<Answer>> asked =
          IntStream.range(0, WATCHERS)
              .mapToObj(i -> threads.submit(() -> service.admin("GET", "/healthcheck", "")))
              .toList();

      assertThat(service.get("/v1/snapshot").text()).contains("zoe:5000:");
      assertThat(service.get("/v1/owners/zoe").status()).isEqualTo(200);
      // The text is that of the checks' own limit, not that of a connection's.
      for (Future<Answer> health : asked) {
        assertThat(health.get().text())
            .contains("\"publish-directory\":{\"healthy\":false,\"message\":\"no answer for ");
      }
      slapd.goOn();
    } finally {
      threads.shutdown();
    }
  }
}
