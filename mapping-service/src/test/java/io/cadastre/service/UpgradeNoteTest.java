/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.attack.WireAnswer;
import io.cadastre.service.config.CadastreConfiguration;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order of an upgrade from 616014b, which had no access control. */
@Tag("slow")
class UpgradeNoteTest {
  private static final Path NOTE =
      Path.of(System.getProperty("cadastre.root"), "docs/upgrade.note");

  private static final String BEFORE =
      """
      ledger: {url: "jdbc:h2:file:%s/ledger", user: cadastre, create: ifMissing}
      identity: {source: caller}
      pools: [{name: default, segments: [{first: 1001062400, last: 1002045439}]}]
      server:
        applicationConnectors: [{type: http, port: 0}]
        adminConnectors: [{type: http, port: 0}]
        requestLog: {appenders: []}
      logging: {level: ERROR, appenders: [{type: console, target: stderr}]}
      """;

  @TempDir Path dir;

  private String configuration(String access) throws IOException {
    return Files.writeString(dir.resolve("cadastre.yml"), BEFORE.formatted(dir) + access)
        .toString();
  }

  @Test
  void theRefusedStartNamesTheSteps() throws IOException {
    for (String command : List.of("server", "check")) {
      CommandLine ran = CommandLine.run(command, configuration(""));
      assertThat(ran.status()).isEqualTo(78);
      assertThat(ran.err())
          .containsSubsequence(
              "access: is missing",
              "cadastre token bootstrap /etc/cadastre/bootstrap.token",
              "access: {bootstrapTokenFile:",
              "snapshot: everyone",
              "hosts: [",
              "tokens of the hooks",
              "those of the nodes",
              "docs/upgrade.md");
    }
  }

  /** A node of 616014b sends no credential, and the name of the registry as Host. */
  @Test
  void nodesOfTheOldVersionAreServedWithTheStepsOfTheNote() throws Exception {
    String token = dir.resolve("bootstrap.token").toString();
    assertThat(CommandLine.run("token", "bootstrap", token).status()).isZero();
    Matcher access = Pattern.compile("access: \\{.*}").matcher(Files.readString(NOTE));
    assertThat(access.find()).isTrue();
    String file =
        configuration(
            access
                .group()
                .replace("/etc/cadastre/bootstrap.token", token)
                .replace("NAME", "registry.example.org"));
    DropwizardTestSupport<CadastreConfiguration> service =
        new DropwizardTestSupport<>(CadastreApplication.class, file);
    service.before();
    try {
      for (String path : List.of("/v1/snapshot", "/v1/subuid")) {
        assertThat(status(service.getLocalPort(), path, "registry.example.org")).isEqualTo(200);
      }
      assertThat(status(service.getLocalPort(), "/v1/snapshot", "other.org")).isEqualTo(421);
      assertThat(status(service.getLocalPort(), "/v1/events", "registry.example.org"))
          .isEqualTo(401);
    } finally {
      service.after();
    }
  }

  private static int status(int port, String path, String host) {
    String request = "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(path, host);
    return WireAnswer.to(port, request.getBytes(StandardCharsets.US_ASCII)).orElseThrow().status();
  }
}
