/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.cadastre.node.ScratchNode.Run;
import io.cadastre.node.failure.ExitStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that asks for a token. */
final class TokenFileTest {
  private static final String TOKEN =
      "cadastre_AAAAAAAA22_0123456789012345678901234567890123456789_-A";

  private HttpServer server;
  private ScratchNode node;
  private String url;

  @BeforeEach
  void setUp(@TempDir Path root) throws IOException {
    node = new ScratchNode(root);
    byte[] body = Snapshots.three(42).render();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/snapshot",
        exchange -> {
          try (exchange) {
            boolean valid =
                Optional.of("Bearer " + TOKEN)
                    .equals(
                        Optional.ofNullable(
                            exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.sendResponseHeaders(valid ? 200 : 401, valid ? body.length : -1);
            if (valid) {
              exchange.getResponseBody().write(body);
            }
          }
        });
    server.start();
    url = "http://127.0.0.1:" + server.getAddress().getPort();
    settings(url);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void settings(String service) {
    node.write(
        "etc/cadastre/node.conf", "url = " + service + "\ntoken-file = /etc/cadastre/token\n");
  }

  private void token(String text, String mode) throws IOException {
    node.write("etc/cadastre/token", text);
    Files.setPosixFilePermissions(
        node.path("etc/cadastre/token"), PosixFilePermissions.fromString(mode));
  }

  @Test
  void showsItsToken() throws IOException {
    token(TOKEN + "\n", "rw-------");
    Run run = node.run("sync");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(node.read("etc/subuid")).contains("1001062400");
  }

  /** With a retry it would be 30 s. */
  @Test
  void aRefusedTokenIsTriedOnce() throws IOException {
    token(TOKEN.replace('0', '1'), "rw-------");
    long start = System.nanoTime();
    Run run = node.run("sync");
    assertThat(run.status()).isEqualTo(ExitStatus.TRY_AGAIN);
    assertThat(run.err()).contains("401", "token-file").doesNotContain("123456");
    assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw-rw-rw-"})
  void refusesAFileThatOthersMayRead(String mode) throws IOException {
    token(TOKEN, mode);
    Run run = node.run("sync");
    assertThat(run.status()).isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(run.err()).contains("chmod 600").doesNotContain(TOKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "one\ntwo", "se\u0001cret", "\"secret\""})
  void refusesAFileWithoutAToken(String text) throws IOException {
    token(text, "rw-------");
    Run run = node.run("sync");
    assertThat(run.status()).isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(run.err()).contains("holds no token").doesNotContain("secret");
  }

  @Test
  void refusesAMissingFile() {
    Run run = node.run("sync");
    assertThat(run.status()).isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(run.err()).contains("etc/cadastre/token is missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://registry.example.org",
        "http://127.0.0.1.example.org:80/x",
        "http://localhost:x@example.org",
      })
  void sendsNoTokenInClearTextToAnotherHost(String service) throws IOException {
    token(TOKEN, "rw-------");
    settings(service);
    Run run = node.run("sync");
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(run.err()).doesNotContain(TOKEN);
  }
}
