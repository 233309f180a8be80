/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.config.CadastreConfiguration;
import io.cadastre.subid.Printable;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What version 616014b wrote is read by this one: a ledger with every kind of event, every state, a
 * foreign range, a slot with a real ID in it, and a name that a new owner could not have (U+00AD).
 * {@code made-by.sh} beside the fixtures says how they came to be.
 */
@Tag("slow")
class EarlierLedgerTest {
  private static final Path FIXTURES = Path.of("src/test/resources/616014b");
  private static final String SOFT = "so\u00adft";

  private Path scratch;
  private DropwizardTestSupport<CadastreConfiguration> service;

  @BeforeEach
  void write(@TempDir Path folder) throws IOException {
    scratch = folder;
    Files.copy(FIXTURES.resolve("directory.ldif"), folder.resolve("directory.ldif"));
    Files.writeString(
        configuration(),
        """
        access: open
        ledger: {url: "jdbc:h2:file:%s/ledger", user: cadastre}
        directory: {mode: embedded, embedded: {port: 0, data: "%s/directory.ldif"}}
        pools:
          - name: default
            segments: [{first: 1001062400, last: 1002045439}]
          - name: small
            count: 2048
            segments: [{first: 1101004800, last: 1101021183}, {first: 1101023232, last: 1101031423}]
        server:
          applicationConnectors: [{type: http, port: 0}]
          adminConnectors: [{type: http, port: 0}]
          requestLog: {appenders: []}
        logging: {level: WARN, appenders: [{type: console, target: stderr}]}
        """
            .formatted(folder, folder));
    service = new DropwizardTestSupport<>(CadastreApplication.class, configuration().toString());
  }

  private Path configuration() {
    return scratch.resolve("cadastre.yml");
  }

  private void unpackLedger() throws IOException {
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(FIXTURES.resolve("ledger.mv.db.gz")))) {
      Files.copy(in, scratch.resolve("ledger.mv.db"));
    }
  }

  private void start() throws Exception {
    service.before();
  }

  @AfterEach
  void stop() {
    service.after();
  }

  private CommandLine run(String... arguments) {
    return CommandLine.run(
        Stream.concat(
                Stream.of(arguments),
                Stream.of("--url", "http://127.0.0.1:" + service.getLocalPort()))
            .toArray(String[]::new));
  }

  private String served(String path) throws IOException {
    try (InputStream in =
        URI.create("http://127.0.0.1:" + service.getLocalPort() + path).toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String snapshot() throws IOException {
    return Files.readString(FIXTURES.resolve("snapshot"));
  }

  private static List<String> rows(String snapshot) {
    return snapshot.lines().filter(line -> !line.startsWith("#")).toList();
  }

  private static String archive() {
    return FIXTURES.resolve("events.ndjson").toString();
  }

  @Test
  void ledgerIsOpenedServesTheSameSnapshotAndExportsTheSameEvents() throws Exception {
    unpackLedger();
    start();

    assertThat(served("/v1/snapshot")).isEqualTo(snapshot());
    assertThat(run("events", "export").out())
        .isEqualTo(Files.readString(FIXTURES.resolve("events.ndjson")));
    assertThat(served("/v1/allocations?state=retired")).contains("\"bob\"");
    assertThat(served("/v1/allocations?state=superseded")).contains("\"dan\"");
    assertThat(served("/v1/allocations?state=withheld")).contains("\"cleo\"");
  }

  @Test
  void auditOfTheLedgerFindsNothingNew() throws Exception {
    unpackLedger();
    start();

    assertThat(run("audit").out().lines().map(line -> line.split(" ", 3)[1]).sorted())
        .containsExactly(
            "blocked-slot", "blocked-slot", "foreign-entry", "orphan", "refused-since");
  }

  @Test
  void lostEntryOfANameThatIsRefusedTodayIsPublishedAgain() throws Exception {
    unpackLedger();
    Path ldif = scratch.resolve("directory.ldif");
    List<String> entries = List.of(Files.readString(ldif).split("\n\n"));
    assertThat(entries).anyMatch(entry -> entry.contains("subUidNumber: 1001586688"));
    Files.writeString(
        ldif,
        String.join(
            "\n\n",
            entries.stream().filter(e -> !e.contains("subUidNumber: 1001586688")).toList()));
    start();
    assertThat(run("audit").out()).contains("drift");

    assertThat(run("reconcile", "--repair").status()).isZero();

    assertThat(run("who", "1001586688").out()).contains(Printable.of(SOFT));
    assertThat(run("audit").out()).doesNotContain("drift");
  }

  @Test
  void archiveIsVerifiedAndReplayedToTheSameSnapshot() throws Exception {
    assertThat(CommandLine.run("events", "verify", archive()).status()).isZero();
    CommandLine replayed =
        CommandLine.run("events", "replay", configuration().toString(), archive());
    assertThat(replayed.status()).as(replayed.err()).isZero();
    start();

    assertThat(served("/v1/snapshot")).isEqualTo(snapshot());
  }

  @Test
  void entriesRebuildTheSameRows() throws Exception {
    CommandLine rebuilt = CommandLine.run("rebuild-from-directory", configuration().toString());
    assertThat(rebuilt.status()).as(rebuilt.err()).isZero();
    start();

    assertThat(rows(served("/v1/snapshot"))).isEqualTo(rows(snapshot()));
    assertThat(served("/v1/allocations?state=retired")).contains("\"bob\"");
  }
}
