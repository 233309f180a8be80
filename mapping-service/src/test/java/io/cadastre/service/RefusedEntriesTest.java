/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.config.CadastreConfiguration;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands report refused entries, and the printed remedies run as they are. */
@Tag("slow")
class RefusedEntriesTest {
  /** An entry at serial {@code n}, of allocation {@code n}. */
  private static String entry(String base, long start, long count, String owner, long n) {
    return """

    dn: subUidNumber=%1$d,%2$s
    objectClass: subordinateIdEntry
    objectClass: cadastreAllocation
    subUidNumber: %1$d
    subUidCount: %3$d
    subGidNumber: %1$d
    subGidCount: %3$d
    subidRangeOwner: uid=%4$s,ou=people,dc=example,dc=org
    cadastreAllocationId: 0190c0de-0000-7000-8000-%5$012d
    cadastreStableId: entryUUID:%4$s
    cadastreOwnerName: %4$s
    cadastreOwnerUid: %5$d
    cadastreOwnerGid: 5000
    cadastrePool: default
    cadastreState: active
    cadastreSerial: %5$d
    """
        .formatted(start, base, count, owner, n);
  }

  private static String unit(String dn, String name) {
    return "\ndn: %s\nobjectClass: organizationalUnit\nou: %s\n".formatted(dn, name);
  }

  /** Two quotes: the shell runs what is between them if the remedy is quoted wrongly. */
  private static final String ODD = "o'$(echo x)'hara, inc";

  @TempDir static Path dir;
  private static DropwizardTestSupport<CadastreConfiguration> service;

  @BeforeAll
  static void start() throws Exception {
    service = new DropwizardTestSupport<>(CadastreApplication.class, configuration("ledger"));
    service.before();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> List.of(0, 65).contains(run("reconcile").status()));
  }

  private static String configuration(String ledger) throws IOException {
    Path demo = Path.of(System.getProperty("cadastre.root"), "config/demo-accounts.ldif");
    String base = "ou=subids,dc=example,dc=org";
    String odd = "ou=" + ODD.replace(",", "\\,") + "," + base;
    Path accounts =
        Files.writeString(
            dir.resolve("accounts"),
            Files.readString(demo)
                + unit(base, "subids")
                + unit(odd, ODD)
                + entry(odd, 1001062400, 65536 * 1000, "all", 1501)
                + entry(base, 1001062400, 65536, "good", 1502)
                + entry(base, 0, 65536, "zero", 1503)
                + entry(base, 1001062400 + 65536 * 7, 65536, "far", 5_000_000));
    return Files.writeString(
            dir.resolve(ledger + ".yml"),
            """
            server:
              applicationConnectors: [{type: http, port: 0}]
              adminConnectors: [{type: http, port: 0}]
              requestLog: {appenders: []}
            logging: {level: WARN, appenders: [{type: console, target: stderr}]}
            access: open
            ledger: {url: "jdbc:h2:file:%s/%s", user: sa, create: ifMissing}
            directory: {mode: embedded, embedded: {port: 0, accounts: %s}}
            pools: [{name: default, segments: [{first: 1001062400, last: 1879048191}]}]
            reservedNames: [zoe]
            """
                .formatted(dir, ledger, accounts))
        .toString();
  }

  @AfterAll
  static void stop() {
    service.after();
  }

  private static CommandLine run(String... arguments) {
    return CommandLine.run(
        Stream.concat(
                Stream.of(arguments),
                Stream.of("--url", "http://127.0.0.1:" + service.getLocalPort()))
            .toArray(String[]::new));
  }

  /** The arguments of the command that a remedy prints, as a shell takes them apart. */
  private static String[] printed(String text) throws IOException, InterruptedException {
    String command =
        text.substring(text.lastIndexOf("cadastre ")).lines().findFirst().orElseThrow();
    Process shell =
        new ProcessBuilder("bash", "-c", "cadastre() { printf '%s\\n' \"$@\"; }; " + command)
            .start();
    String words = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).as(command).isZero();
    return words.lines().toArray(String[]::new);
  }

  @Test
  void pastEachHoldThereIsARemedyThatRunsAsPrinted() throws Exception {
    CommandLine ahead = run("allocate", "ada");
    assertThat(ahead.status()).isEqualTo(75);
    CommandLine adopt = run(printed(ahead.err()));
    assertThat(adopt.err()).contains("1 allocations adopted, 3 entries refused");
    assertThat(adopt.out()).contains("error entry-refused ", "subuid 0:65536", "good (uid 1502)");

    CommandLine held = run("allocate", "ada");
    assertThat(held.status()).isEqualTo(75);
    assertThat(held.err() + held.out()).contains("'hara");
    String[] dismiss = printed(held.err() + held.out());
    assertThat(run(dismissDry(dismiss)).status()).isZero();
    String finding =
        run("reconcile")
            .out()
            .lines()
            .filter(l -> l.contains("dismiss-"))
            .findFirst()
            .orElseThrow();
    assertThat(run(dismissDry(printed(finding))).status()).isZero();
    assertThat(run("allocate", "ada").status()).isEqualTo(75);
    assertThat(run(dismiss).status()).isZero();
    assertThat(run("allocate", "ada").status()).isZero();

    String leap =
        run("reconcile").out().lines().filter(l -> l.contains("leap")).findFirst().orElseThrow();
    assertThat(run(printed(leap)).err()).contains("1 allocations adopted");
    assertThat(run("reconcile").out()).doesNotContain("leap", "directory-ahead");

    assertThat(run("dismiss-entry", "cn=x", "--reason", "a test").status()).isEqualTo(65);
    assertThat(run("dismiss-entry", "cn=x", "--reason", "x".repeat(4001)).status()).isEqualTo(65);
    CommandLine reserved = run("allocate", "zoe");
    assertThat(reserved.status()).isEqualTo(65);
    assertThat(reserved.err() + reserved.out()).contains("the name zoe is reserved");

    String events = run("events", "export").out();
    assertThat(events.lines().filter(line -> line.contains("\"kind\":\"dismiss\"")))
        .singleElement()
        .satisfies(line -> assertThat(line).contains("'hara", "its range is not in use"));
    Path archive = Files.writeString(dir.resolve("archive"), events);
    assertThat(CommandLine.run("events", "verify", archive.toString()).status()).isZero();
  }

  private static String[] dismissDry(String[] command) {
    return Stream.concat(Stream.of(command), Stream.of("--dry-run")).toArray(String[]::new);
  }

  @Test
  void rebuildTakesTheGoodEntryAndPrintsTheOthers() throws IOException {
    CommandLine dry =
        CommandLine.run("rebuild-from-directory", configuration("rebuilt"), "--dry-run");
    CommandLine real = CommandLine.run("rebuild-from-directory", configuration("rebuilt"));
    CommandLine accepted =
        CommandLine.run(
            "rebuild-from-directory", configuration("all"), "--accept-serial", "5000000");

    assertThat(dry.status()).isEqualTo(65);
    assertThat(dry.err()).contains("1 allocations would be taken in", "3 entries are refused");
    assertThat(real.status()).isEqualTo(65);
    assertThat(real.err()).contains("1 allocations taken in", "at serial 1502");
    assertThat(real.out()).contains("subuid 0:65536", "--accept-serial 5000000").hasLineCount(3);
    assertThat(accepted.err()).contains("2 allocations taken in", "at serial 5000000");
  }

  @Test
  void commandLinesThatMeanNothingExitWithUsage() {
    assertThat(run("reconcile", "--accept-serial", "5").status()).isEqualTo(64);
    assertThat(run("reconcile", "--adopt", "--accept-serial", "x").status()).isEqualTo(64);
    assertThat(run("dismiss-entry", "cn=x").status()).isEqualTo(64);
  }
}
