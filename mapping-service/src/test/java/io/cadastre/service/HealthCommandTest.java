/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.health.HealthCheck;
import com.sun.net.httpserver.HttpServer;
import io.cadastre.service.config.CadastreConfiguration;
import io.dropwizard.testing.DropwizardTestSupport;
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
  private static Path bootstrap;
  private static DropwizardTestSupport<CadastreConfiguration> service;

  @BeforeAll
  static void start() throws Exception {
    bootstrap = dir.resolve("bootstrap.token");
    assertThat(CommandLine.run("token", "bootstrap", bootstrap.toString()).status()).isZero();
    Path file =
        Files.writeString(
            dir.resolve("cadastre.yml"),
            """
            server:
              applicationConnectors: [{type: http, port: 0}]
              adminConnectors: [{type: http, port: 0}]
              requestLog: {appenders: []}
            logging: {level: ERROR, appenders: [{type: console, target: stderr}]}
            access: {bootstrapTokenFile: %1$s/bootstrap.token}
            ledger: {url: "jdbc:h2:file:%1$s/ledger", user: sa, create: ifMissing}
            identity: {source: caller}
            pools: [{name: default, segments: [{first: 1001062400, last: 1879048191}]}]
            """
                .formatted(dir));
    service = new DropwizardTestSupport<>(CadastreApplication.class, file.toString());
    service.before();
  }

  @AfterAll
  static void stop() {
    service.after();
  }

  @AfterEach
  void mend() {
    service.getEnvironment().healthChecks().unregister("broken");
  }

  private static void breakIt() {
    service
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
    return CommandLine.at(service.getAdminPort(), "health", options);
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
    String token = bootstrap.toString();
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
    CommandLine another = CommandLine.at(service.getLocalPort(), "health");
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
