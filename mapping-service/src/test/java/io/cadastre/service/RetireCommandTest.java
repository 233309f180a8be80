/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.config.CadastreConfiguration;
import io.dropwizard.testing.DropwizardTestSupport;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that retire, reinstate and accept, against a running service. */
@Tag("slow")
class RetireCommandTest {
  @TempDir static Path dir;
  private static DropwizardTestSupport<CadastreConfiguration> service;

  @BeforeAll
  static void start() throws Exception {
    Path accounts = Path.of(System.getProperty("cadastre.root"), "config/demo-accounts.ldif");
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
        identity: {allocate: entitled, readEvery: 1h, maximumAge: 3h}
        directory: {mode: embedded, embedded: {port: 0, accounts: %s}}
        pools: [{name: default, segments: [{first: 1001062400, last: 1879048191}]}]
        """
            .formatted(dir, accounts));
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

  @Test
  void nightlyFilterRunSkipsRetiredOwnersAndSucceeds() {
    CommandLine retired = run("retire --reason left", "zoe");
    CommandLine nightly = run("allocate --filter (|(uid=ada)(uid=zoe))");
    CommandLine byName = run("allocate", "zoe");

    assertThat(retired.status()).as(retired.err()).isZero();
    assertThat(nightly.status()).as(nightly.err()).isZero();
    assertThat(nightly.out()).contains("unchanged ada ", "zoe refused: ", "is retired");
    assertThat(nightly.err()).contains("2 owners asked for, 0 refused, 1 retired and skipped");
    assertThat(byName.status()).isEqualTo(65);
    assertThat(byName.out()).contains("run: cadastre allocate --reinstate zoe");
    assertThat(run("events export").out()).contains("\"reason\":\"left\"");

    CommandLine back = run("allocate --reinstate --filter (uid=zoe)");
    assertThat(back.status()).as(back.err()).isZero();
    assertThat(back.out()).startsWith("reinstated zoe ");
  }

  @Test
  void dryRunRefusesWhatTheRealRunWould() {
    CommandLine unknown = run("retire --dry-run", "nobody");
    CommandLine known = run("retire --dry-run", "ada");

    assertThat(unknown.status()).isEqualTo(65);
    assertThat(known.out()).startsWith("would retire ada ");
    assertThat(run("allocate", "ada").out()).startsWith("unchanged ada ");
  }

  @Test
  void accountsWaitAtTheFirstRunUntilAccepted() {
    CommandLine first = run("follow --dry-run");
    CommandLine few = run("follow --accept-entitled 0");

    assertThat(first.out()).contains("newly entitled, still waiting ");
    assertThat(first.out()).doesNotContain("still waiting 0");
    assertThat(few.status()).isEqualTo(65);
    assertThat(few.err()).contains("run: cadastre follow --accept-entitled ");
    assertThat(run("follow").status()).isZero();
    CommandLine audit = run("audit");
    assertThat(audit.out()).contains("entitled-waiting", "cadastre follow --accept-entitled ");
  }
}
