/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings of TLS and of certificates that are not safe are refused. Four seconds. */
@Tag("slow")
class TlsMistakesTest {
  private static final String PEM = "type: https-pem, port: 0, certificateFile: D/server.pem";
  private static final String GOOD = PEM + ", keyFile: D/server.key";

  @TempDir static Path dir;

  @BeforeAll
  static void makeFiles() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is missing");
    TestAuthority site = new TestAuthority(dir.resolve("site"));
    Files.copy(site.issue("server", "DNS:localhost").certificate(), dir.resolve("server.pem"));
    Files.copy(dir.resolve("site/server.key"), dir.resolve("server.key"));
    Files.copy(site.issue("other", "DNS:localhost").key(), dir.resolve("other.key"));
    Files.copy(site.certificate(), dir.resolve("ca.pem"));
    Files.copy(site.list(), dir.resolve("ca.crl"));
  }

  private static CommandLine check(String connector, String access) throws Exception {
    String yaml =
        """
        server:
          applicationConnectors: [{%s}]
          adminConnectors: [{type: http, port: 0}]
        logging: {level: WARN}
        access: {%s}
        ledger: {url: "jdbc:h2:file:D/ledger", user: sa, create: ifMissing}
        identity: {source: caller}
        pools: [{name: a, segments: [{first: 1001062400, last: 1001127935}]}]
        """
            .formatted(
                connector.replace("GOOD", GOOD).replace("PEM", PEM),
                access.isEmpty() ? "snapshot: everyone" : access)
            .replace("access: {open}", "access: open")
            .replace("D/", dir + "/");
    return CommandLine.run(
        "check", Files.writeString(dir.resolve("cadastre.yml"), yaml).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GOOD, supportedProtocols: [TLSv1.1, TLSv1.3] | | supportedProtocols is [TLSv1.1, TLSv1.3]",
        "GOOD, supportedProtocols: [] | | supportedProtocols is []",
        "GOOD, wantClientAuth: true | | clientCaFile does not name the CAs",
        "GOOD, clientCaFile: D/ca.pem | | set wantClientAuth: true",
        "GOOD, needClientAuth: true, clientCaFile: D/ca.pem, enableOCSP: true | | enableOCSP",
        "GOOD, needClientAuth: true, clientCaFile: D/ca.pem, crlPath: D/none | | none is missing",
        "GOOD, needClientAuth: true, clientCaFile: D/ca.pem, crlPath: D/ca.pem | | ca.pem is"
            + " damaged",
        "GOOD, needClientAuth: true, clientCaFile: D/server.key | | server.key holds no"
            + " certificate",
        "PEM | | certificateFile and keyFile are required",
        "PEM, keyFile: D/other.key | | other.key is not the key",
        "GOOD, keyStorePath: D/x | | settings of type: https",
        "type: https, port: 0, keyStorePath: D/ca.pem, keyStorePassword: x | | ca.pem is damaged",
        "type: http, port: 0, bindHost: 0.0.0.0 | | without TLS",
        "GOOD, bindHost: 0.0.0.0 | open | may change the registry",
        "GOOD | certificates: [{dns: a, role: node}] | no connector asks clients",
        "GOOD | certificates: [{dns: a, uri: b, role: node}] | access.certificates[0]: a rule has"
            + " exactly one",
        "GOOD | certificates: [{dns: a, role: node}, {dns: b, role: root}] |"
            + " access.certificates[1]: role is \"root\"",
        "GOOD | certificates: [{dns: a, role: node, uids: 1-2}] | limit a provisioner",
        "GOOD | certificates: [{dns: a, role: provisioner, uids: 2-1}] | no range of uids",
      })
  void unsafeSettingIsNamed(String connector, String access, String why) throws Exception {
    CommandLine ran = check(connector, access == null ? "" : access);

    assertThat(ran.err()).contains(why).doesNotContain("\tat ");
    assertThat(ran.status()).isEqualTo(78);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GOOD | open",
        "GOOD, bindHost: 0.0.0.0 | ",
        "GOOD, supportedProtocols: [TLSv1.3] | ",
        "GOOD, wantClientAuth: true, clientCaFile: D/ca.pem, crlPath: D/ca.crl | certificates:"
            + " [{dns: '*.a', role: node}]",
      })
  void safeSettingIsAccepted(String connector, String access) throws Exception {
    CommandLine ran = check(connector, access == null ? "" : access);

    assertThat(ran.status()).as(ran.err()).isZero();
  }

  /** By "check" as by a start, which opens nothing then. */
  @ParameterizedTest
  @CsvSource({"check", "server"})
  void keyThatAllUsersMayReadIsRefused(String command) throws Exception {
    Path open = dir.resolve("open.key");
    Files.copy(dir.resolve("server.key"), open, StandardCopyOption.REPLACE_EXISTING);
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    CommandLine written = check(PEM + ", keyFile: D/open.key", "");
    CommandLine ran = CommandLine.run(command, dir.resolve("cadastre.yml").toString());

    assertThat(ran.status()).isEqualTo(78);
    assertThat(ran.err()).contains("open.key has the mode 644").isEqualTo(written.err());
    assertThat(dir.resolve("ledger.mv.db")).doesNotExist();
  }
}
