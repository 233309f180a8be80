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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every mistake of a configuration is named with its path, by "check" as by a start. */
@Tag("slow")
class ConfigurationMistakesTest {
  private static final String POOL =
      "pools: [{name: default, segments: [{first: 1001062400, last: 1879048191}]}]\n";

  @TempDir Path dir;

  private String yaml(String server, String rest) {
    return """
    server:
      applicationConnectors: [{type: http, port: 0%s}]
      adminConnectors: [{type: http, port: 0}]
    logging: {level: WARN}
    access: open
    ledger: {url: "jdbc:h2:file:%s/ledger", user: sa, create: ifMissing}
    """
            .formatted(server, dir)
        + rest;
  }

  private CommandLine run(String command, String yaml) throws IOException {
    return CommandLine.run(
        command, Files.writeString(dir.resolve("cadastre.yml"), yaml).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "server"})
  void allMistakesAreNamedTogetherAndNothingIsOpened(String command) throws IOException {
    CommandLine ran =
        run(
            command,
            yaml(
                ", bindHost: 0.0.0.0",
                """
                pools:
                  - {name: a B, segments: [{first: 1001062400, last: 1001127935}]}
                  - {name: x, count: 0, segments: [{first: 1002438656, last: 1002569727}]}
                """));

    assertThat(ran.status()).isEqualTo(78);
    assertThat(ran.err().lines().filter(line -> line.startsWith("  * ")))
        .hasSize(4)
        .satisfiesExactly(
            line -> assertThat(line).contains("0.0.0.0"),
            line -> assertThat(line).contains("directory: is missing"),
            line -> assertThat(line).contains("pools[0]: "),
            line -> assertThat(line).contains("pools[1]: "));
    assertThat(dir.resolve("ledger.mv.db")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "server"})
  void poolsAreComparedBeforeTheLedgerIsOpened(String command) throws IOException {
    CommandLine ran =
        run(
            command,
            yaml(
                "",
                """
                identity: {source: caller}
                pools:
                  - {name: a, segments: [{first: 1001062400, last: 1001127935}]}
                  - {name: b, segments: [{first: 1001062400, last: 1001127935}]}
                """));

    assertThat(ran.status()).isEqualTo(78);
    assertThat(ran.err()).contains("pools[1]: ", "overlaps");
    assertThat(dir.resolve("ledger.mv.db")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "server"})
  void whatIsLeftEmptyIsNamedWithItsPath(String command) throws IOException {
    CommandLine ran =
        run(
            command,
            yaml(
                "",
                """
                identity: {source: caller, readEvery: 0s}
                pools: [null, {name: a, segments: [null]}]
                """));

    assertThat(ran.status()).isEqualTo(78);
    assertThat(ran.err())
        .contains("identity.readEvery ", "pools[0]", "pools[1].segments[0]")
        .doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"readEvery: 61s, maximumAge: 3m", "readEvery: 2m", "maximumAge: 179s"})
  void maximumAgeOfFewerThanThreeIntervalsIsRefused(String identity) throws IOException {
    String rest =
        """
        identity: {%s}
        directory: {mode: embedded}
        pools: [{name: a, segments: [{first: 1001062400, last: 1001127935}]}]
        """;
    CommandLine ran = run("check", yaml("", rest.formatted(identity)));
    CommandLine three = run("check", yaml("", rest.formatted("readEvery: 100s")));

    assertThat(ran.status()).isEqualTo(78);
    assertThat(ran.err()).contains("identity.maximumAge: ", "3 intervals", "set maximumAge: ");
    assertThat(three.status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "server"})
  void undefinedVariablesAndMissingFilesAreOneLine(String command) throws IOException {
    CommandLine undefined = run(command, yaml("", "pools: ${CADASTRE_NOT_SET}\n"));
    CommandLine missing = CommandLine.run(command, dir.resolve("none.yml").toString());

    assertThat(undefined.status()).isEqualTo(78);
    assertThat(undefined.err()).contains("CADASTRE_NOT_SET").hasLineCount(1);
    assertThat(missing.status()).isEqualTo(66);
    assertThat(missing.err()).contains("none.yml").hasLineCount(1);
  }

  @Test
  void goodConfigurationIsSaidToBe() throws IOException {
    CommandLine ran =
        run(
            "check",
            yaml(
                "",
                """
                identity: {source: caller}
                pools: [{name: a, segments: [{first: 1001062400, last: 1001127935}]}]
                """));

    assertThat(ran.status()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "directory: {mode: ldap, identity: {connection: {security: tls}}} |"
            + " directory.identity.connection.security: \"tls\" is refused; allowed: none,"
            + " starttls, ldaps",
        "identity: {source: ldap} | identity.source: \"ldap\" is refused; allowed: directory,"
            + " caller",
        "identity: {readEvery: 5 minuets} | identity.readEvery: Invalid duration: 5 minuets. Wrong"
            + " time unit; allowed: a number with a unit, such as 500ms, 60s",
        "allowAbove2Gi: maybe | allowAbove2Gi: \"maybe\" is refused; allowed: true or false",
        "reservedNames: {root: 1} | reservedNames: what the file has here is refused; allowed: a"
            + " list",
        "acknowledged: [{rule: x, subject: y, until: soon, why: z}] | acknowledged[0].until:"
            + " \"soon\" is refused; allowed: a day, such as 2027-01-31",
        "pools: [{name: a, segments: [{first: 1001127935, last: 1001062400}]}] | pools[0]:"
            + " segments[0].last: 1001062400 is refused: it lies before first: 1001127935",
        "pools: [{name: a, segments: [{first: 1001062400}]}] | pools[0].segments[0].last must not"
            + " be null",
        "pools: [{name: a, segments: [{first: 1, last: 4294967296}]}] | pools[0]: segments[0].last:"
            + " 4294967296 is refused: IDs are 0 to",
        "pools: [{name: a, strategy: random, segments: []}] | pools[0].strategy: \"random\" is"
            + " refused; allowed: next-free, deterministic",
      })
  void valueThatIsNotAllowedIsNamedWithTheOnesThatAre(String yaml, String said) throws IOException {
    CommandLine ran = run("check", yaml("", yaml + "\n"));

    assertThat(ran.status()).isEqualTo(78);
    assertThat(ran.err()).contains(said).doesNotContain("\tat ", "io.cadastre");
  }

  @Test
  void poolsThatDifferFromTheRecordedAreShownAsTheFileWritesThem() throws Exception {
    String file =
        """
        identity: {source: caller}
        pools: [{name: a, segments: [{first: 1001062400, last: 1001127935}]}]
        """;
    Path config = Files.writeString(dir.resolve("cadastre.yml"), yaml("", file));
    DropwizardTestSupport<CadastreConfiguration> service =
        new DropwizardTestSupport<>(CadastreApplication.class, config.toString());
    service.before();
    service.after();

    CommandLine ran = run("server", yaml("", file.replace("name: a,", "name: a, count: 32768,")));

    assertThat(ran.status()).isEqualTo(78);
    assertThat(ran.err())
        .contains(
            "pools[0]: the ledger has recorded {name: a, count: 65536, segments: [{first:"
                + " 1001062400, last: 1001127935}]}, and the file has {name: a, count: 32768,"
                + " segments:")
        .doesNotContain("Pool[");
  }

  private static String oidc(String settings) {
    return "access: {bootstrapTokenFile: none, oidc: {audience: a, roleClaim: groups, %s}}\n"
        .formatted(settings);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "issuer: http://idp.example.org, roles: {a: admin} | access.oidc.issuer: \"http://idp",
        "issuer: http://127.0.0.1@idp.example.org, roles: {a: admin} | access.oidc.issuer",
        "issuer: ftp://idp.example.org, roles: {a: admin} | access.oidc.issuer: \"ftp:",
        "issuer: https://idp.example.org, jwksUri: 'http://x/', roles: {a: admin} |"
            + " access.oidc.jwksUri",
        "issuer: https://idp.example.org, algorithms: [HS256], roles: {a: admin} | \"HS256\" is"
            + " none of",
        "issuer: https://idp.example.org, algorithms: [none], roles: {a: admin} | \"none\" is none"
            + " of",
        "issuer: https://idp.example.org, roles: {a: node} | cadastre token make",
        "issuer: https://idp.example.org, roles: {a: root} | is no role",
        "issuer: https://idp.example.org, roles: {a: {role: admin, pool: x}} | limit a provisioner",
        "issuer: https://idp.example.org, roles: {a: {role: admin, nodes: x}} | nodes",
        "issuer: https://idp.example.org, roles: {} | access.oidc.roles",
        "issuer: https://idp.example.org, clockSkew: 1h, roles: {a: admin} | clockSkew",
      })
  void aMistakeOfTheProviderIsNamed(String settings, String named) throws IOException {
    CommandLine ran =
        run(
            "check",
            yaml("", "identity: {source: caller}\n" + POOL)
                .replace("access: open\n", oidc(settings)));
    assertThat(ran.status()).as(ran.err()).isEqualTo(78);
    assertThat(ran.err()).contains(named);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limits: {credential: {burst: 0, perSecond: 1}} | burst is 1 to",
        "limits: {failures: {burst: 1}} | burst is 1 to",
        "limits: {nobody: {burst: 1, perSecond: 1}} | nobody",
      })
  void aMistakeOfALimitIsNamed(String limits, String named) throws IOException {
    CommandLine ran = run("check", yaml("", "identity: {source: caller}\n" + POOL + limits + "\n"));
    assertThat(ran.status()).as(ran.err()).isEqualTo(78);
    assertThat(ran.err()).contains(named);
  }

  @Test
  void everyClientsWordOnItsAddressIsRefused() throws IOException {
    CommandLine ran =
        run("check", yaml(", useForwardedHeaders: true", "identity: {source: caller}\n" + POOL));
    assertThat(ran.status()).isEqualTo(78);
    assertThat(ran.err()).contains("access.trustedProxies");
  }

  @Test
  void aProxyIsAnAddress() throws IOException {
    CommandLine ran =
        run(
            "check",
            yaml("", "identity: {source: caller}\n" + POOL)
                .replace("access: open", "access: {trustedProxies: [proxy.example.org]}"));
    assertThat(ran.status()).isEqualTo(78);
    assertThat(ran.err()).contains("proxy.example.org");
  }
}
