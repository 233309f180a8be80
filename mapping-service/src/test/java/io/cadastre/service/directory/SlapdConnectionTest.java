/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cadastre.schema.Profile;
import io.cadastre.service.config.ConnectionConfiguration;
import io.cadastre.service.config.PublishConfiguration;
import io.cadastre.service.config.Security;
import io.cadastre.service.config.ServerAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections to a real slapd: both kinds of TLS, the certificate, the password. */
@Tag("slow")
class SlapdConnectionTest {
  @TempDir Path dir;
  private static Optional<Slapd> running = Optional.empty();

  @BeforeAll
  static void start() {
    assumeTrue(Slapd.isInstalled(), "SKIPPED: slapd is not installed (Debian package slapd)");
    running = Optional.of(Slapd.startWithTls());
  }

  @AfterAll
  static void stop() {
    running.ifPresent(Slapd::close);
  }

  private static Slapd slapd() {
    return running.orElseThrow();
  }

  private static int port(Security security) {
    return security == Security.LDAPS ? slapd().tlsPort() : slapd().port();
  }

  private static ConnectionConfiguration connection(Security security, Optional<Path> ca) {
    return SlapdSettings.connection(port(security), security, ca, slapd().passwordFile());
  }

  private static void ping(ConnectionConfiguration connection) {
    try (IdentityDirectory identity =
        new IdentityDirectory(
            SlapdSettings.identity(connection, Optional.empty(), 0), Clock.systemUTC())) {
      identity.ping();
      // Only bound users may read ou=subids.
      try (PublishDirectory publish =
          new PublishDirectory(
              new PublishConfiguration(connection, Slapd.SUBIDS, Slapd.RETIRED), Profile.GENERIC)) {
        publish.ping();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void connectsWithEverySecurity(Security security) {
    assertThatCode(() -> ping(connection(security, Optional.of(slapd().ca()))))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource(names = {"STARTTLS", "LDAPS"})
  void certificateOfAnUnknownCaIsRefused(Security security) throws Exception {
    Path other = SlapdCertificate.make(dir.resolve("other"), "localhost").ca();
    assertThatThrownBy(() -> ping(connection(security, Optional.of(other))))
        .isInstanceOf(DirectoryUnavailable.class)
        .hasMessageContaining("identity directory (127.0.0.1:" + port(security) + ")")
        .hasMessageContaining("certificate");
    assertThatThrownBy(() -> ping(connection(security, Optional.empty())))
        .as("the JVM's own CAs")
        .isInstanceOf(DirectoryUnavailable.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"STARTTLS", "LDAPS"})
  void certificateForAnotherHostIsRefused(Security security) {
    try (Slapd other = Slapd.startWithCertificateFor("ldap.example.org")) {
      int port = security == Security.LDAPS ? other.tlsPort() : other.port();
      assertThatThrownBy(() -> ping(byName(port, security, other.ca())))
          .isInstanceOf(DirectoryUnavailable.class)
          .hasMessageContaining("'localhost'")
          .hasMessageContaining("ldap.example.org");
    }
    ping(byName(port(security), security, slapd().ca()));
  }

  /** Connects by name, since the check of UnboundID accepts any loopback address. */
  private static ConnectionConfiguration byName(int port, Security security, Path ca) {
    ConnectionConfiguration c =
        SlapdSettings.connection(port, security, Optional.of(ca), slapd().passwordFile());
    return new ConnectionConfiguration(
        List.of(new ServerAddress("localhost", port)),
        security,
        c.trustedCertificates(),
        c.bindDn(),
        c.passwordFile(),
        c.passwordEnvironment(),
        false,
        c.connectTimeout(),
        c.responseTimeout(),
        1);
  }

  @Test
  void wrongPasswordIsRefusedByTheServer() throws Exception {
    Path file = Files.writeString(dir.resolve("password"), "guess\n");
    ConnectionConfiguration wrong =
        SlapdSettings.connection(port(Security.NONE), Security.NONE, Optional.empty(), file);
    assertThatThrownBy(() -> ping(wrong))
        .isInstanceOf(DirectoryUnavailable.class)
        .hasMessageContaining("invalid credentials");
  }

  @Test
  void passwordComesFromTheEnvironment() throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ProcessBuilder pinging =
        new ProcessBuilder(
            java.toString(),
            "-cp",
            System.getProperty("java.class.path"),
            PingByEnvironment.class.getName(),
            Integer.toString(slapd().port()),
            "CADASTRE_TEST_PASSWORD");
    pinging.environment().put("CADASTRE_TEST_PASSWORD", Slapd.PASSWORD);
    Process process = pinging.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("it answers");
  }
}
