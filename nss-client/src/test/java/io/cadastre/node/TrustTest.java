/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.cadastre.node.ScratchNode.Run;
import io.cadastre.node.failure.ExitStatus;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service behind TLS, with a certificate that the JRE does not trust. */
@Tag("slow")
final class TrustTest {
  private static final String PASSWORD = "changeit";

  @TempDir static Path keys;
  private HttpsServer server;
  private ScratchNode node;
  private String url;

  @BeforeAll
  static void makeKeys() throws Exception {
    keytool(
        "-genkeypair",
        "-keystore",
        keys.resolve("server.p12").toString(),
        "-keyalg",
        "EC",
        "-dname",
        "CN=registry",
        "-ext",
        "SAN=ip:127.0.0.1",
        "-alias",
        "registry");
    keytool(
        "-exportcert",
        "-rfc",
        "-keystore",
        keys.resolve("server.p12").toString(),
        "-alias",
        "registry",
        "-file",
        keys.resolve("ca.pem").toString());
  }

  @BeforeEach
  void setUp(@TempDir Path root) throws Exception {
    node = new ScratchNode(root);
    node.write("etc/cadastre/ca.pem", Files.readAllBytes(keys.resolve("ca.pem")));
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(keys.resolve("server.p12"))));
    byte[] body = Snapshots.three(42).render();
    server.createContext(
        "/v1/snapshot",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
    url = "https://127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void trustsTheCaFile() {
    node.write("etc/cadastre/node.conf", "ca-file = /etc/cadastre/ca.pem\nurl = " + url + "\n");
    Run run = node.run("sync");
    assertThat(run.status()).as(run.err()).isZero();
  }

  @Test
  void trustsNoOtherCertificate() {
    node.write("etc/cadastre/node.conf", "patience = 5\n");
    Run run = node.run("sync", "--url", url);
    assertThat(run.status()).isEqualTo(ExitStatus.TRY_AGAIN);
    assertThat(run.err()).contains("unable to find valid certification path");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"etc/ssl/certs/ca-certificates.crt", "etc/pki/tls/certs/ca-bundle.crt"})
  void trustsTheSystemsBundle(String bundle) throws Exception {
    // As Debian and Fedora write them: with words between the certificates.
    node.write(bundle, "# registry\n" + Files.readString(keys.resolve("ca.pem")) + "\n# end\n");
    Run run = node.run("sync", "--url", url);
    assertThat(run.status()).as(run.err()).isZero();
  }

  @Test
  void aNamedFileReplacesTheBundle() throws Exception {
    node.write("etc/ssl/certs/ca-certificates.crt", Files.readString(keys.resolve("ca.pem")));
    node.write("etc/cadastre/node.conf", "ca-file = /etc/cadastre/missing.pem\n");
    Run run = node.run("sync", "--url", url);
    assertThat(run.status()).isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(run.err()).contains("etc/cadastre/missing.pem cannot be used");
  }

  @Test
  void namesABundleThatIsDamaged() {
    node.write("etc/ssl/certs/ca-certificates.crt", "no certificate\n");
    Run run = node.run("sync", "--url", url);
    assertThat(run.status()).isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(run.err()).contains("ca-certificates.crt cannot be used", "set ca-file");
  }

  @Test
  void readsNoBundleForHttp() {
    node.write("etc/ssl/certs/ca-certificates.crt", "no certificate\n");
    node.write("etc/cadastre/node.conf", "patience = 1\n");
    assertThat(node.run("sync", "--url", "http://127.0.0.1:1").err())
        .doesNotContain("ca-certificates.crt");
  }

  @Test
  void namesACaFileThatHoldsNoCertificate() {
    node.write("etc/cadastre/node.conf", "ca-file = /etc/cadastre/node.conf\n");
    Run run = node.run("sync", "--url", url);
    assertThat(run.status()).isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(run.err()).contains("the CA file", "etc/cadastre/node.conf cannot be used");
  }

  private static SSLContext context(Path store) throws Exception {
    KeyStore read = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      read.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(read, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private static void keytool(String... args) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                args[0],
                "-storepass",
                PASSWORD,
                "-storetype",
                "PKCS12"));
    command.addAll(List.of(args).subList(1, args.length));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }
}
