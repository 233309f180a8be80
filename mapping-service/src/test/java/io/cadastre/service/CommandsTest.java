/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.cadastre.service.config.CadastreConfiguration;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The admin's commands against a running service: what they print, and what they exit with. */
@Tag("slow")
class CommandsTest {
  /** Its uid lies in the pool's first slot, which is a warning. */
  private static final String CLASH =
      """

      dn: uid=clash,ou=people,dc=example,dc=org
      objectClass: account
      objectClass: posixAccount
      cn: Clash
      uid: clash
      uidNumber: 1001062405
      gidNumber: 100000
      homeDirectory: /home/clash
      entryUUID: 5d0ce2a6-8d6b-4b39-9a3f-0d6f8f6e0a09
      """;

  @TempDir static Path dir;
  private static DropwizardTestSupport<CadastreConfiguration> service;

  @BeforeAll
  static void start() throws Exception {
    Path demo = Path.of(System.getProperty("cadastre.root"), "config/demo-accounts.ldif");
    Path accounts = Files.writeString(dir.resolve("accounts"), Files.readString(demo) + CLASH);
    Path file = dir.resolve("cadastre.yml");
    Files.writeString(
        file,
        """
        server:
          applicationConnectors: [{type: http, port: 0}]
          adminConnectors: [{type: http, port: 0}]
          requestLog: {appenders: []}
        logging: {level: WARN, appenders: [{type: console, target: stderr}]}
        access: open
        ledger: {url: "jdbc:h2:file:%s/ledger", user: sa, create: ifMissing}
        directory: {mode: embedded, embedded: {port: 0, accounts: %s, data: %s/saved}}
        pools: [{name: default, segments: [{first: 1001062400, last: 1001324543}]}]
        acknowledged:
          - {rule: blocked-slot, subject: "pool default, slot 0", until: 2099-12-31, why: moved in May}
          - {rule: blocked-slot, subject: "pool default, slot 1", until: 2020-12-31, why: long ago}
        """
            .formatted(dir, accounts, dir));
    service = new DropwizardTestSupport<>(CadastreApplication.class, file.toString());
    service.before();
    assertThat(run("allocate", "ada", "zoe").status()).isZero();
  }

  @AfterAll
  static void stop() {
    service.after();
  }

  private static CommandLine run(String command, String... arguments) {
    return CommandLine.at(service.getLocalPort(), command, arguments);
  }

  private static CommandLine verify(String archive) throws IOException {
    return verify(archive.getBytes(StandardCharsets.UTF_8));
  }

  private static CommandLine verify(byte[] archive) throws IOException {
    Path file = Files.write(dir.resolve("archive"), archive);
    return CommandLine.run("events", "verify", file.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"frob", "who", "who five", "supersede ada", "allocate", "events frob"})
  void wrongCommandLineExitsWithUsage(String line) {
    assertThat(CommandLine.run(line.split(" ", -1)).status()).isEqualTo(64);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reconcile", "events export"})
  void formerAdminUrlIsAUsageErrorThatSaysSo(String command) {
    CommandLine ran = run(command, "--admin-url", "http://127.0.0.1:8081");

    assertThat(ran.status()).isEqualTo(64);
    assertThat(ran.err()).contains("--admin-url", "--url").hasLineCount(1);
  }

  @Test
  void exportIsVerifiedAndATamperedOneRefused() throws IOException {
    String export = run("events export").out();

    assertThat(verify(export).status()).isZero();
    for (String tampered :
        new String[] {
          export.replace("\"ada\"", "\"adb\""),
          export.replaceFirst("(?m)^.*\n", ""),
          export.substring(0, export.length() - 9),
          export + "null\n",
          export + "\n",
          "",
          "{}",
          "{\"seq\":1,\"serial\":0}",
        }) {
      CommandLine ran = verify(tampered);
      assertThat(ran.status()).as(tampered).isEqualTo(65);
      assertThat(ran.err()).startsWith("cadastre: ").hasLineCount(1);
    }
  }

  @Test
  void whatIsNoTextIsRefusedInALine() throws IOException {
    CommandLine bytes = verify(new byte[] {(byte) 0xff, (byte) 0xfe});
    CommandLine folder = CommandLine.run("events", "verify", dir.toString());

    assertThat(bytes.status()).isEqualTo(65);
    assertThat(bytes.err()).contains("UTF-8").hasLineCount(1);
    assertThat(folder.status()).isEqualTo(66);
    assertThat(folder.err()).hasLineCount(1);
  }

  @Test
  void takenPortIsOneLine() throws IOException {
    String yaml =
        Files.readString(dir.resolve("cadastre.yml"))
            .replace("/ledger\"", "/other\"")
            .replaceFirst("port: 0", "port: " + service.getLocalPort());

    CommandLine ran =
        CommandLine.run("server", Files.writeString(dir.resolve("second.yml"), yaml).toString());

    assertThat(ran.status()).isEqualTo(69);
    assertThat(ran.err()).contains("127.0.0.1:" + service.getLocalPort()).doesNotContain("\tat ");
  }

  @Test
  void refusedArgumentStopsNoOther() {
    CommandLine who = run("who", "5", "1001127936");
    CommandLine retire = run("retire --dry-run", "nobody", "ada");

    assertThat(who.status()).isEqualTo(67);
    assertThat(who.out()).startsWith("1001127936 ada ").hasLineCount(1);
    assertThat(who.err()).contains("subuid 5 ").hasLineCount(1);
    assertThat(retire.status()).isEqualTo(65);
    assertThat(retire.out()).startsWith("would retire ada ").hasLineCount(1);
  }

  @Test
  void auditPrintsFailuresOnlyAsJsonToo() {
    CommandLine all = run("audit --json");
    CommandLine failures = run("audit --json --failures-only");

    assertThat(all.out()).contains("\"blocked-slot\"", "\"warning\"");
    assertThat(failures.out()).contains("\"findings\"").doesNotContain("\"warning\"");
    assertThat(failures.status()).isZero();
  }

  @Test
  void dryRunsRefuseWhatTheRealRunWouldAndChangeNothing() {
    String before = run("events export").out();

    CommandLine supersede = run("supersede ada --reason test --dry-run");
    assertThat(supersede.status()).isZero();
    assertThat(supersede.out()).contains("had ada ", "would have ada ");
    assertThat(run("supersede ada --reason test --pool none --dry-run").status()).isEqualTo(65);
    assertThat(run("rebind ada --reason test --dry-run").status()).isEqualTo(65);
    assertThat(run("follow --dry-run").err()).contains("nothing was changed");
    assertThat(run("events export").out()).isEqualTo(before);
  }

  @Test
  void dryRunsOfFillingALedgerLeaveItEmpty() throws IOException {
    Path archive = Files.writeString(dir.resolve("export"), run("events export").out());
    Files.copy(dir.resolve("saved"), dir.resolve("copied"));
    String yaml =
        Files.readString(dir.resolve("cadastre.yml"))
            .replace("/ledger\"", "/empty\"")
            .replace("/saved", "/copied");
    String config = Files.writeString(dir.resolve("empty.yml"), yaml).toString();

    CommandLine rebuild = CommandLine.run("rebuild-from-directory", config, "--dry-run");
    CommandLine first =
        CommandLine.run("events", "replay", config, archive.toString(), "--dry-run");
    CommandLine again = CommandLine.run("events", "replay", config, archive.toString());
    CommandLine twice =
        CommandLine.run("events", "replay", config, archive.toString(), "--dry-run");

    assertThat(rebuild.status()).as(rebuild.err()).isZero();
    assertThat(rebuild.err()).contains("2 allocations would be taken in");
    assertThat(first.status()).as(first.err()).isZero();
    assertThat(first.err()).contains("would replay ");
    assertThat(again.status()).as(again.err()).isZero();
    assertThat(twice.status()).isEqualTo(65);
    assertThat(first.err()).doesNotContain("remembers no real IDs");
    assertThat(again.err()).contains("the ledger remembers no real IDs");
  }

  @Test
  void forgettingIdsNeedsAReasonAndARange() {
    CommandLine none = run("follow --forget-ids 70000-79999");
    CommandLine backwards = run("follow --forget-ids 79999-70000 --reason test");
    CommandLine dry = run("follow --forget-ids 70000-79999 --reason test --dry-run");
    CommandLine done = run("follow --forget-ids 70000-79999 --reason renumbered");

    assertThat(none.status()).isEqualTo(64);
    assertThat(none.err()).contains("--reason");
    assertThat(backwards.status()).isEqualTo(65);
    assertThat(backwards.err()).contains("FIRST-LAST");
    assertThat(dry.out()).contains("would forget 0 uids and 0 gids");
    assertThat(done.out()).contains("forgot 0 uids and 0 gids", "followed 0");
    assertThat(run("events export").out().lines().filter(l -> l.contains("\"forget-ids\"")))
        .singleElement()
        .asString()
        .contains("renumbered");
  }

  /** Review R22: an error is an exit status, and the errors alone can be seen. */
  @Test
  void importWithAnErrorExits65AndShowsTheErrorsAlone() throws IOException {
    String rows = "ghost:5:1\nada:2147483648:65536\n";
    String subuid = Files.writeString(dir.resolve("n1.subuid"), rows).toString();
    String subgid = Files.writeString(dir.resolve("n1.subgid"), rows).toString();

    CommandLine all = run("import-files", subuid, subgid);
    CommandLine errors = run("import-files --failures-only", subuid, subgid);
    CommandLine json = run("import-files --json --failures-only", subuid, subgid);
    Files.writeString(dir.resolve("n1.subuid"), "ghost:5:1\n");
    CommandLine warned = run("import-files", subuid);

    assertThat(all.status()).isEqualTo(65);
    assertThat(all.out()).contains("unknown-owner", "reserved-range", "allowAbove2Gi: true");
    assertThat(errors.status()).isEqualTo(65);
    assertThat(errors.out()).contains("reserved-range").doesNotContain("unknown-owner");
    assertThat(json.out()).startsWith("{").contains("\"rule\" : \"reserved-range\"");
    assertThat(json.out()).doesNotContain("unknown-owner");
    assertThat(warned.status()).as(warned.out()).isZero();
  }

  @Test
  void accountsAreNotGivenWhereTheDirectoryHasThem() throws IOException {
    String file = Files.writeString(dir.resolve("n2.subuid"), "ada:5:1\n").toString();
    String passwd = Files.writeString(dir.resolve("passwd"), "ada:x:1:1::/:\n").toString();
    String wrong = Files.writeString(dir.resolve("wrong"), "ada:x:one:1::/:\n").toString();

    assertThat(run("import-files", "--accounts", passwd, "--", file))
        .satisfies(
            refused -> {
              assertThat(refused.status()).isEqualTo(65);
              assertThat(refused.err()).contains("leave --accounts out");
            });
    assertThat(run("import-files", "--accounts", wrong, "--", file).err())
        .contains("is no line of passwd(5)");
  }

  /** Review R28: 32,000 accounts of 65,536 do not fit, and the plan says what does. */
  @Test
  void planSaysWhatCarriesASite() {
    CommandLine large = run("plan --accounts 32000 --growth 0 --years 0");
    CommandLine matched = run("plan --filter (uid=ada)");

    assertThat(large.status()).isZero();
    assertThat(large.out())
        .contains("32000 ranges of 65536 do not fit below 2^31")
        .contains("a count of 16384", "identity.entitlementFilter", "allowAbove2Gi: true")
        .contains("    count: 16384", "      - first: 1001062400");
    assertThat(matched.out()).startsWith("1 accounts, 5.0 % more each year: 2 ranges after 10");
    assertThat(run("plan").status()).isEqualTo(64);
    assertThat(run("plan --accounts 0").status()).isEqualTo(64);
  }

  @Test
  void checkWarnsOfTheClaimsThatAPoolCrosses() throws IOException {
    String config = dir.resolve("cadastre.yml").toString();
    String wrong =
        Files.writeString(
                dir.resolve("claims.yml"),
                Files.readString(Path.of(config)) + "allowClaims: [kublet]\n")
            .toString();

    assertThat(CommandLine.run("check", config).err())
        .contains("warning: pool default: [1001062400, 1001324543] crosses", "allowClaims");
    assertThat(CommandLine.run("check", wrong))
        .satisfies(
            refused -> {
              assertThat(refused.status()).isEqualTo(78);
              assertThat(refused.err()).contains("allowClaims: \"kublet\" is no claim", "kubelet");
            });
  }

  @Test
  void noCommandIsAUsageErrorInALine() {
    CommandLine ran = CommandLine.inAProcess();

    assertThat(ran.status()).isEqualTo(64);
    assertThat(ran.err()).contains("cadastre --help").hasLineCount(1);
  }

  @Test
  void unknownOwnersAndIdsHaveAStatusOfTheirOwn() {
    assertThat(run("who", "5").status()).isEqualTo(67);
    assertThat(run("owner nobody").status()).isEqualTo(67);
    assertThat(run("owner -x").status()).isEqualTo(64);
    assertThat(run("who", "99999999999").status()).isEqualTo(65);
  }

  @Test
  void whoPrintsAnObjectForEachId() {
    CommandLine who = run("who --json", "1001127936", "1001193472");

    assertThat(who.status()).isZero();
    assertThat(who.out().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("{\"id\":10011") && line.contains("\"owner\":{"));
  }

  @Test
  void midnightUtcIsMeantByADay() {
    CommandLine before = run("who --at 2026-03-03", "1001127936");
    CommandLine never = run("who --at 2026-02-30", "1001127936");

    assertThat(before.status()).isIn(65, 67);
    assertThat(before.err()).contains("history").contains("begins at");
    assertThat(never.status()).isEqualTo(65);
    assertThat(never.err()).contains("2026-03-01 for midnight UTC");
  }

  @Test
  void ownerAndPoolsAreLinesAndJson() {
    CommandLine owner = run("owner ada");
    CommandLine pools = run("pools");

    assertThat(owner.status()).isZero();
    assertThat(owner.out()).startsWith("ada (uid ").contains(" allocate by ");
    assertThat(run("owner ada --json").out()).contains("\"history\"", "\"subuid\"");
    assertThat(pools.out()).startsWith("default: 65536 IDs each, 4 slots: ").hasLineCount(1);
    assertThat(run("pools --json").out()).contains("\"free\"");
  }

  @Test
  void acknowledgedFindingsAreCountedApart() {
    CommandLine audit = run("audit");
    CommandLine json = run("audit --json");

    assertThat(audit.out()).contains("acknowledged until 2099-12-31 (moved in May): warning");
    assertThat(audit.err()).contains("; 1 acknowledged");
    assertThat(json.out()).contains("\"why\" : \"moved in May\"");
  }

  @Test
  @Tag("slow")
  void ledgerThatTheServiceHasOpenIsRefusedInALine() throws IOException {
    String config = dir.resolve("cadastre.yml").toString();
    String archive = Files.writeString(dir.resolve("all"), run("events export").out()).toString();
    for (CommandLine ran :
        List.of(
            CommandLine.inAProcess("events", "replay", config, archive),
            CommandLine.inAProcess("events", "settle", config, "--dry-run"))) {
      assertThat(ran.status()).isEqualTo(75);
      assertThat(ran.err()).contains("Stop the service first").hasLineCount(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "200, false, error, 65",
    "200, false, warning, 0",
    "200, true, error, 0",
    "401, false, error, 75",
    "403, false, error, 65",
    "503, false, error, 75",
  })
  void driftThatStaysIsAnErrorForScripts(int code, boolean repaired, String severity, int status)
      throws IOException {
    byte[] body =
        """
        {"repaired": %s, "findings": [{"rule": "drift", "severity": "%s", "subject": "x",
          "message": "y", "remedy": "z"}]}
        """
            .formatted(repaired, severity)
            .getBytes(StandardCharsets.UTF_8);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(code, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort();
      assertThat(CommandLine.run("reconcile", "--url", url).status()).isEqualTo(status);
    } finally {
      server.stop(0);
    }
  }
}
