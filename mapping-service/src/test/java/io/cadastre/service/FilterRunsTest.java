/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.config.CadastreConfiguration;
import io.dropwizard.testing.DropwizardTestSupport;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code allocate --filter} and health say about a filter, over an embedded directory. */
@Tag("slow")
class FilterRunsTest {
  private static final String UNITS =
      """
      dn: dc=example,dc=org
      objectClass: domain
      dc: example

      dn: ou=people,dc=example,dc=org
      objectClass: organizationalUnit
      ou: people

      dn: ou=groups,dc=example,dc=org
      objectClass: organizationalUnit
      ou: groups

      """;

  @TempDir Path dir;
  private DropwizardTestSupport<CadastreConfiguration> service;

  private static String account(String name, long uid, String description) {
    return """
    dn: uid=%1$s,ou=people,dc=example,dc=org
    objectClass: account
    objectClass: posixAccount
    uid: %1$s
    cn: %1$s
    uidNumber: %2$d
    gidNumber: 100
    homeDirectory: /home/%2$d
    description: %3$s

    """
        .formatted(name, uid, description);
  }

  private void start(String identity) throws Exception {
    String ldif =
        UNITS
            + account("ann", 1001, "rootless")
            + account("bob", 1002, "rootless")
            + account("cat", 1003, "other")
            + account("12345", 1004, "rootless")
            + account("nobody2", 65_534, "rootless");
    Path accounts = Files.writeString(dir.resolve("accounts"), ldif);
    Path file =
        Files.writeString(
            dir.resolve("cadastre.yml"),
            """
            server:
              applicationConnectors: [{type: http, port: 0}]
              adminConnectors: [{type: http, port: 0}]
              requestLog: {appenders: []}
            logging: {level: WARN, appenders: [{type: console, target: stderr}]}
            access: open
            ledger: {url: "jdbc:h2:file:%s/ledger", user: sa, create: ifMissing}
            directory: {mode: embedded, embedded: {port: 0, accounts: %s}, identity: {%s}}
            pools: [{name: default, segments: [{first: 1001062400, last: 1879048191}]}]
            """
                .formatted(dir, accounts, identity));
    service = new DropwizardTestSupport<>(CadastreApplication.class, file.toString());
    service.before();
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> !health().contains("no read yet"));
  }

  @AfterEach
  void stop() {
    service.after();
  }

  private String health() {
    return send(service.getAdminPort(), "/healthcheck", "application/json");
  }

  private static String send(int port, String path, String accept) {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                  .header("Accept", accept)
                  .build(),
              BodyHandlers.ofString())
          .body();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private CommandLine allocate(String... arguments) {
    return CommandLine.run(
        Stream.concat(
                Stream.of("allocate", "--url", "http://127.0.0.1:" + service.getLocalPort()),
                Stream.of(arguments))
            .toArray(String[]::new));
  }

  @Test
  void dryRunHasALineForEachEntitledAccountRefusedOnesIncluded() throws Exception {
    start("entitlementFilter: (description=rootless)");

    CommandLine ran = allocate("--filter", "(uid=*)", "--dry-run");

    assertThat(ran.status()).isEqualTo(65);
    assertThat(ran.out().lines().toList())
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).startsWith("created ann (uid 1001): "),
            line -> assertThat(line).startsWith("created bob (uid 1002): "),
            line -> assertThat(line).startsWith("uid=12345,ou=people,").contains("refused: "),
            line -> assertThat(line).startsWith("uid=nobody2,ou=people,").contains("refused: "));
    assertThat(ran.err())
        .contains("5 accounts match accountFilter, 2 are entitled")
        .contains("4 owners asked for, 2 refused; a dry run");
    assertThat(health()).contains("5 accounts match accountFilter, 2 of them cannot own a range");
  }

  @Test
  void filterThatMatchesOnlyAccountsWithoutEntitlementSaysSoWithCounts() throws Exception {
    start("entitlementFilter: (description=rootless)");

    CommandLine ran = allocate("--filter", "(uid=cat)");

    assertThat(ran.status()).isZero();
    assertThat(ran.err()).contains("1 match this filter, 0 of these are entitled");
  }

  @Test
  void attributeThatTheSchemaLacksIsRefusedByName() throws Exception {
    start("minimumUid: 0");

    CommandLine ran = allocate("--filter", "(memberOff=cn=x)");

    assertThat(ran.status()).isEqualTo(65);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("no attribute memberOff").hasLineCount(1);
  }

  @Test
  void siteThatEntitlesNoneIsUnhealthyAndAFinding() throws Exception {
    start("entitlementFilter: (description=wrong)");

    assertThat(health()).contains("5 match accountFilter, 0 are entitled", "(description=wrong)");
    assertThat(health()).containsPattern("\"accounts-read\":\\{\"healthy\":false");
    assertThat(audit()).contains("none-entitled");
  }

  @Test
  void siteWithoutAccountsIsUnhealthyAndAFinding() throws Exception {
    start("accountFilter: (objectClass=person)");

    assertThat(health())
        .containsPattern("\"accounts-read\":\\{\"healthy\":false")
        .contains("0 entries below ou=people,dc=example,dc=org match accountFilter");
    assertThat(audit()).contains("no-accounts");
  }

  private String audit() {
    return CommandLine.run("audit", "--url", "http://127.0.0.1:" + service.getLocalPort()).out();
  }

  @Test
  void searchAnswersAsJsonOrAsLinesOfProgress() throws Exception {
    start("minimumUid: 0");
    String path = "/v1/admin/accounts?filter=%28uid%3Da%2A%29";

    assertThat(send(service.getLocalPort(), path, "application/json"))
        .startsWith("{\"accounts\":[\"ann\"],\"refused\":[]");
    assertThat(send(service.getLocalPort(), path, "*/*")).startsWith("{\"accounts\":[\"ann\"]");
    assertThat(send(service.getLocalPort(), path, "application/x-ndjson"))
        .startsWith("{\"answer\":{\"accounts\":[\"ann\"]")
        .endsWith("}\n");
    assertThat(
            send(
                service.getLocalPort(),
                "/v1/admin/accounts?filter=nothing",
                "application/x-ndjson, application/problem+json"))
        .contains("bad-request", "is no LDAP filter");
  }
}
