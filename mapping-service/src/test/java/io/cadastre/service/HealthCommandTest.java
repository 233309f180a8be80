/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.health.HealthCheck;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cadastre health}, with and without a token. */
@Tag("slow")
class HealthCommandTest {
  @TempDir static Path dir;
  private static CallerService service;

  @BeforeAll
  static void start() throws Exception {
    service = CallerService.start(dir);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @AfterEach
  void mend() {
    service.support().getEnvironment().healthChecks().unregister("broken");
  }

  private static void breakIt() {
    service
        .support()
        .getEnvironment()
        .healthChecks()
        .register(
            "broken",
            new HealthCheck() {
              @Override
              protected Result check() {
                return Result.unhealthy("the reason is secret");
              }
            });
  }

  private static CommandLine health(String... options) {
    return CommandLine.at(service.support().getAdminPort(), "health", options);
  }

  @Test
  void aProbeNeedsNoToken() {
    assertThat(health()).isEqualTo(new CommandLine(0, "healthy\n", ""));
    assertThat(health("--live")).isEqualTo(new CommandLine(0, "alive\n", ""));
  }

  @Test
  void withoutATokenTheNamesOfFailedChecksAreShown() {
    breakIt();
    assertThat(health()).isEqualTo(new CommandLine(65, "unhealthy: broken\n", ""));
    assertThat(health("--live").status()).isZero();
  }

  @Test
  void withATokenTheReasonsAreShown() {
    String token = service.bootstrap().toString();
    assertThat(health("--token-file", token)).isEqualTo(new CommandLine(0, "healthy\n", ""));
    breakIt();
    assertThat(health("--token-file", token))
        .isEqualTo(new CommandLine(65, "unhealthy: broken: the reason is secret\n", ""));
  }

  @Test
  void aTokenThatIsNotTheServicesIsRefused() throws Exception {
    Path other = dir.resolve("other.token");
    assertThat(CommandLine.run("token", "bootstrap", other.toString()).status()).isZero();
    Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rw-------"));
    CommandLine ran = health("--token-file", other.toString());
    assertThat(ran.status()).isEqualTo(75);
    assertThat(ran.err()).contains("refuses the token (401)");
  }

  @Test
  void noAnswerIsAStatusOfItsOwn() throws Exception {
    CommandLine away = CommandLine.at(FreePort.next(), "health");
    assertThat(away.status()).isEqualTo(69);
    assertThat(away.err()).contains("does not answer");
    CommandLine another = CommandLine.at(service.port(), "health");
    assertThat(another.status()).isEqualTo(69);
    assertThat(another.err()).contains("is --url right?");
  }

  @Test
  void waitsForACheckThatFailsAtFirst() throws Exception {
    breakIt();
    CompletableFuture<CommandLine> waiting =
        CompletableFuture.supplyAsync(() -> health("--wait", "60"));
    assertThatThrownBy(() -> waiting.get(2, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
    mend();
    assertThat(waiting.get(60, TimeUnit.SECONDS)).isEqualTo(new CommandLine(0, "healthy\n", ""));
  }

  @Test
  void waitsForAServiceThatIsNotThereYet() throws Exception {
    int port = FreePort.next();
    CompletableFuture<CommandLine> waiting =
        CompletableFuture.supplyAsync(
            () -> CommandLine.at(port, "health", "--live", "--wait", "60"));
    assertThatThrownBy(() -> waiting.get(2, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
    HttpServer late =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    late.createContext("/ping", exchange -> exchange.sendResponseHeaders(200, -1));
    late.start();
    try {
      assertThat(waiting.get(60, TimeUnit.SECONDS)).isEqualTo(new CommandLine(0, "alive\n", ""));
    } finally {
      late.stop(0);
    }
  }

  @Test
  void afterTheWaitTheLastAnswerCounts() throws Exception {
    breakIt();
    assertThat(health("--wait", "1")).isEqualTo(new CommandLine(65, "unhealthy: broken\n", ""));
    CommandLine away = CommandLine.at(FreePort.next(), "health", "--wait", "1");
    assertThat(away.status()).isEqualTo(69);
    assertThat(away.err()).containsOnlyOnce("does not answer");
    assertThat(health("--wait", "-1").status()).isEqualTo(64);
  }
}
