/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cadastre.service.config.CadastreConfiguration;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A ledger is made on purpose: by init, by a replay, by a rebuild; never by a start or a check. */
@Tag("slow")
class MissingLedgerTest {
  private static final String CALLER = "identity: {source: caller}\n";

  @TempDir Path dir;

  private String configuration(String url, String rest) throws IOException {
    return Files.writeString(
            dir.resolve("cadastre.yml"),
            """
            server:
              applicationConnectors: [{type: http, port: 0}]
              adminConnectors: [{type: http, port: 0}]
              requestLog: {appenders: []}
            logging: {level: WARN, appenders: [{type: console, target: stderr}]}
            pools: [{name: default, segments: [{first: 1001062400, last: 1879048191}]}]
            access: open
            ledger: {url: "%s", user: sa}
            """
                    .formatted(url)
                + rest)
        .toString();
  }

  private String ofCaller() throws IOException {
    return configuration("jdbc:h2:file:" + dir + "/ledger", CALLER);
  }

  private String ofDirectory() throws IOException {
    Path accounts = Path.of(System.getProperty("cadastre.root"), "config/demo-accounts.ldif");
    return configuration(
        "jdbc:h2:file:" + dir + "/ledger",
        "directory: {mode: embedded, embedded: {port: 0, accounts: %s, data: %s/saved}}\n"
            .formatted(accounts, dir));
  }

  private static DropwizardTestSupport<CadastreConfiguration> started(String file)
      throws Exception {
    DropwizardTestSupport<CadastreConfiguration> service =
        new DropwizardTestSupport<>(CadastreApplication.class, file);
    service.before();
    return service;
  }

  private List<String> databaseFiles() throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".mv.db")).toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"server", "check"})
  void startAndCheckNameTheRemediesInTheirOrderAndCreateNothing(String command) throws IOException {
    String file = ofCaller();

    CommandLine ran = CommandLine.run(command, file);

    assertThat(ran.status()).isEqualTo(78);
    assertThat(ran.err())
        .contains("cadastre: there is no ledger in " + dir + "/ledger.mv.db. ")
        .doesNotContain("\tat ")
        .containsSubsequence(
            "mount the volume of " + dir,
            "restore its backup",
            "cadastre events replay " + file,
            "cadastre rebuild-from-directory " + file,
            "cadastre init " + file);
    assertThat(databaseFiles()).isEmpty();
  }

  @Test
  void settlementOfNoLedgerCreatesNone() throws IOException {
    CommandLine ran = CommandLine.run("events", "settle", ofCaller(), "--dry-run");

    assertThat(ran.status()).isEqualTo(78);
    assertThat(ran.err()).contains("there is no ledger");
    assertThat(databaseFiles()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:h2:file:%s/ledger;IFEXISTS=FALSE",
        "jdbc:h2:%s/ledger;ACCESS_MODE_DATA=rw",
        "jdbc:h2:mem:none",
        "jdbc:h2:mem:none;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1"
      })
  void noUrlMakesAStartCreateOne(String url) throws IOException {
    CommandLine ran = CommandLine.run("server", configuration(url.formatted(dir), CALLER));

    assertThat(ran.status()).isEqualTo(78);
    assertThat(ran.err()).contains("there is no ledger in ");
    assertThat(databaseFiles()).isEmpty();
  }

  @Test
  void initMakesALedgerOfOneEventAndIsIdempotent() throws Exception {
    String file = ofCaller();

    CommandLine first = CommandLine.run("init", file);
    CommandLine again = CommandLine.run("init", file);

    assertThat(first.status()).as(first.err()).isZero();
    assertThat(again.status()).as(again.err()).isZero();
    assertThat(again.err()).contains("nothing was changed");
    assertThat(CommandLine.run("check", file).status()).isZero();
    DropwizardTestSupport<CadastreConfiguration> service = started(file);
    try {
      CommandLine whileItRuns = CommandLine.run("init", file);
      CommandLine export =
          CommandLine.run(
              "events", "export", "--url", "http://127.0.0.1:" + service.getLocalPort());
      assertThat(whileItRuns.status()).as(whileItRuns.err()).isZero();
      assertThat(CommandLine.run("check", file).status()).isZero();
      assertThat(export.out().lines().map(MissingLedgerTest::kind))
          .containsExactly("ledger", "pool");
      assertThat(first.err())
          .contains(export.out().replaceFirst("(?s).*?\"ledger\":\"([^\"]+)\".*", "$1"));
    } finally {
      service.after();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"init", "server", "check"})
  void eventsWithoutTheLedgersRowAreNoPlaceForANewLedger(String command) throws Exception {
    String file = ofCaller();
    assertThat(CommandLine.run("init", file).status()).isZero();
    try (var database = DriverManager.getConnection("jdbc:h2:file:" + dir + "/ledger", "sa", "");
        var statement = database.createStatement()) {
      assertThat(statement.executeUpdate("DELETE FROM ledger")).isEqualTo(1);
    }

    CommandLine ran = CommandLine.run(command, file);

    assertThat(ran.status()).isEqualTo(78);
    assertThat(ran.err()).contains("the database was edited").doesNotContain("\tat ");
  }

  private static String kind(String event) {
    return event.replaceFirst(".*\"kind\":\"(\\w+)\".*", "$1");
  }

  @Test
  void initRefusesWhileTheDirectoryHoldsEntriesOfOurs() throws Exception {
    String file = ofDirectory();
    assertThat(CommandLine.run("init", file).status()).isZero();
    DropwizardTestSupport<CadastreConfiguration> service = started(file);
    CommandLine allocated =
        CommandLine.run("allocate", "ada", "--url", "http://127.0.0.1:" + service.getLocalPort());
    service.after();
    assertThat(allocated.out()).contains("ada");
    Files.delete(dir.resolve("ledger.mv.db"));

    CommandLine refused = CommandLine.run("init", file);

    assertThat(refused.status()).isEqualTo(65);
    assertThat(refused.err())
        .contains("1 entries", "cadastre rebuild-from-directory " + file, file + " --new-ledger")
        .doesNotContain("\\n");
    assertThat(databaseFiles()).isEmpty();
    assertThat(CommandLine.run("rebuild-from-directory", file, "--dry-run").err())
        .contains("1 allocations would be taken in");
    assertThat(databaseFiles()).isEmpty();
    assertThat(CommandLine.run("init", file, "--new-ledger").status()).isZero();
    Files.delete(dir.resolve("ledger.mv.db"));
    CommandLine rebuilt = CommandLine.run("rebuild-from-directory", file);
    assertThat(rebuilt.err()).contains("1 allocations taken in");
    assertThat(CommandLine.run("check", file).status()).isZero();
  }

  @Test
  void replayMakesALedgerUnlessTheExportIsRefused() throws Exception {
    String file = ofCaller();
    CommandLine.run("init", file);
    DropwizardTestSupport<CadastreConfiguration> service = started(file);
    String export =
        CommandLine.run("events", "export", "--url", "http://127.0.0.1:" + service.getLocalPort())
            .out();
    service.after();
    Files.delete(dir.resolve("ledger.mv.db"));
    String whole = Files.writeString(dir.resolve("events"), export).toString();
    String broken =
        Files.writeString(dir.resolve("broken"), export.substring(0, export.length() - 9))
            .toString();

    CommandLine dry = CommandLine.run("events", "replay", file, whole, "--dry-run");
    assertThat(dry.status()).as(dry.err()).isZero();
    assertThat(databaseFiles()).isEmpty();

    assertThat(CommandLine.run("events", "replay", file, broken).status()).isEqualTo(65);
    assertThat(CommandLine.run("check", file).status()).isEqualTo(78);
    assertThat(CommandLine.run("server", file).status()).isEqualTo(78);

    CommandLine replayed = CommandLine.run("events", "replay", file, whole);
    assertThat(replayed.status()).as(replayed.err()).isZero();
    assertThat(CommandLine.run("check", file).status()).isZero();
    assertThat(CommandLine.run("events", "replay", file, whole, "--dry-run").status())
        .as("a ledger that has events")
        .isEqualTo(65);
  }

  @Test
  void rootIsSentToTheOwnerOfTheLedgersFolder() throws Exception {
    assumeTrue(
        System.getProperty("user.name").equals("root"),
        "SKIPPED: only root may give a folder away");
    Path state = Files.createDirectory(dir.resolve("state of it"));
    String file = configuration("jdbc:h2:file:" + state + "/ledger", CALLER);
    Files.setOwner(
        state,
        state.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("daemon"));

    CommandLine init = CommandLine.run("init", file, "--new-ledger");
    CommandLine replay = CommandLine.run("events", "replay", file, "none");

    assertThat(init.status()).isEqualTo(65);
    assertThat(init.err()).contains("runuser -u daemon -- cadastre init " + file + " --new-ledger");
    assertThat(replay.err()).contains("runuser -u daemon -- cadastre events replay " + file);
    assertThat(state).isEmptyDirectory();
  }

  @Test
  void folderThatIsNotThereIsNotMade() throws Exception {
    CommandLine ran =
        CommandLine.run("init", configuration("jdbc:h2:file:" + dir + "/none/ledger", CALLER));

    assertThat(ran.status()).isEqualTo(78);
    assertThat(ran.err()).contains("install -d ");
    assertThat(dir.resolve("none")).doesNotExist();
  }

  /** systemd looks at RestartPreventExitStatus= for the main process only. */
  @Test
  void systemdDoesNotRetryWhatNoRetryMends() throws IOException {
    assertThat(Path.of(System.getProperty("cadastre.root"), "config/systemd/cadastre.service"))
        .content()
        .contains("\nRestartPreventExitStatus=78\n")
        .doesNotContain("\nExecStartPre=");
  }

  @ParameterizedTest
  @CsvSource({"empty, there is no ledger", "noise, damaged", "cut, ''"})
  void damagedFileIsSaidToBeAndNeverRetried(String damage, String said) throws Exception {
    String file = ofCaller();
    CommandLine.run("init", file);
    Path ledger = dir.resolve("ledger.mv.db");
    byte[] bytes = Files.readAllBytes(ledger);
    byte[] noise = new byte[bytes.length];
    new Random(1).nextBytes(noise);
    switch (damage) {
      case "empty" -> bytes = new byte[0];
      case "noise" -> bytes = Arrays.copyOf(noise, 3000);
      default -> bytes = Arrays.copyOf(bytes, 3 * 4096);
    }
    for (String command : List.of("check", "server")) {
      Files.write(ledger, bytes);

      CommandLine ran = CommandLine.run(command, file);

      assertThat(ran.status()).as(ran.err()).isEqualTo(78);
      assertThat(ran.err()).contains(said, "docs/backup.md").doesNotContain("\tat ");
    }
  }
}
