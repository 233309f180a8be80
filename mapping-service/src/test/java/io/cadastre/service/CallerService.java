/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.config.CadastreConfiguration;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A running service with H2, accounts of its callers, a bootstrap token and free ports.
 *
 * @param bootstrap the file of the bootstrap token
 */
record CallerService(DropwizardTestSupport<CadastreConfiguration> support, Path bootstrap)
    implements AutoCloseable {
  private static final List<String> SECTIONS =
      List.of(
          """
          server:
            applicationConnectors: [{type: http, port: 0}]
            adminConnectors: [{type: http, port: 0}]
            requestLog: {appenders: []}
          """,
          "logging: {level: ERROR, appenders: [{type: console, target: stderr}]}\n",
          "access: {bootstrapTokenFile: %1$s/bootstrap.token}\n",
          "ledger: {url: \"jdbc:h2:file:%1$s/ledger\", user: sa, create: ifMissing}\n",
          "identity: {source: caller}\n",
          "pools: [{name: default, segments: [{first: 1001062400, last: 1879048191}]}]\n");

  /**
   * Starts one.
   *
   * @param dir the folder of its files
   * @param sections of the configuration, in place of the usual ones; {@code %1$s} is the folder
   */
  static CallerService start(Path dir, String... sections) throws Exception {
    Path bootstrap = dir.resolve("bootstrap.token");
    assertThat(CommandLine.run("token", "bootstrap", bootstrap.toString()).status()).isZero();
    Map<String, String> all = new LinkedHashMap<>();
    SECTIONS.forEach(section -> all.put(word(section), section));
    List.of(sections).forEach(section -> all.put(word(section), section));
    Path file =
        Files.writeString(
            dir.resolve("cadastre.yml"), String.join("", all.values()).formatted(dir));
    DropwizardTestSupport<CadastreConfiguration> support =
        new DropwizardTestSupport<>(CadastreApplication.class, file.toString());
    support.before();
    return new CallerService(support, bootstrap);
  }

  private static String word(String section) {
    return section.substring(0, section.indexOf(':'));
  }

  /** The application port. */
  int port() {
    return support.getLocalPort();
  }

  /** The bootstrap token. */
  String token() throws IOException {
    return Files.readString(bootstrap).strip();
  }

  /** A command with the bootstrap token. */
  CommandLine admin(String command, String... arguments) {
    return as(bootstrap, command, arguments);
  }

  /** A command with the token in this file. */
  CommandLine as(Path tokenFile, String command, String... arguments) {
    List<String> words = new ArrayList<>(List.of("--token-file", tokenFile.toString()));
    words.addAll(List.of(arguments));
    return CommandLine.at(port(), command, words.toArray(String[]::new));
  }

  @Override
  public void close() {
    support.after();
  }
}
