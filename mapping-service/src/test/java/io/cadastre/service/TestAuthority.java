/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.pem.PemCertificates;
import io.cadastre.pem.PemIdentity;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;

/** A certificate authority by the real openssl, with a folder of its own. */
final class TestAuthority {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final Duration DAY = Duration.ofDays(1);

  private final Path folder;

  /** A certificate and its key, in PEM. */
  record Issued(Path certificate, Path key) {
    PemIdentity identity() throws Exception {
      return PemIdentity.parse(
          PemCertificates.parse(Files.readAllBytes(certificate)), Files.readAllBytes(key));
    }
  }

  TestAuthority(Path folder) throws Exception {
    this.folder = Files.createDirectories(folder);
    Files.writeString(folder.resolve("index.txt"), "");
    Files.writeString(folder.resolve("serial"), "1000\n");
    Files.writeString(folder.resolve("crlnumber"), "1000\n");
    Files.writeString(
        folder.resolve("ca.cnf"),
        """
        [ca]
        default_ca = site
        [site]
        database = index.txt
        serial = serial
        crlnumber = crlnumber
        new_certs_dir = .
        default_md = sha256
        policy = any
        unique_subject = no
        certificate = ca.pem
        private_key = ca.key
        [any]
        commonName = supplied
        [root]
        basicConstraints = critical, CA:true
        keyUsage = critical, keyCertSign, cRLSign
        [req]
        distinguished_name = none
        [none]
        """);
    openssl(
        "req -x509 -config ca.cnf -extensions root -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc -days 9 -subj /CN=%s -keyout ca.key -out ca.pem"
            .formatted(folder.getFileName()));
    list(DAY);
  }

  Path certificate() {
    return folder.resolve("ca.pem");
  }

  /** Its revocation list. */
  Path list() {
    return folder.resolve("ca.crl");
  }

  /**
   * Issues a certificate that is valid now.
   *
   * @param names as openssl writes subject alternative names
   */
  Issued issue(String name, String names) throws Exception {
    return issue(name, names, Instant.now().minus(DAY), Instant.now().plus(DAY));
  }

  Issued issue(String name, String names, Instant first, Instant last) throws Exception {
    Files.writeString(folder.resolve(name + ".ext"), "subjectAltName = " + names + "\n");
    openssl(
        "req -config ca.cnf -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc -subj /CN=%s -keyout %1$s.key -out %1$s.csr"
            .formatted(name));
    openssl(
        "ca -batch -notext -config ca.cnf -startdate %s -enddate %s -extfile %s.ext -in %3$s.csr -out %3$s.pem"
            .formatted(TIME.format(first), TIME.format(last), name));
    Path key = folder.resolve(name + ".key");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    return new Issued(folder.resolve(name + ".pem"), key);
  }

  void revoke(Issued issued) throws Exception {
    openssl("ca -config ca.cnf -revoke " + issued.certificate().getFileName());
    list(DAY);
  }

  /** Writes a revocation list that is valid for this long. */
  void list(Duration validFor) throws Exception {
    Path next = folder.resolve("next.crl");
    openssl("ca -config ca.cnf -gencrl -crlsec %d -out next.crl".formatted(validFor.toSeconds()));
    Files.move(next, list(), StandardCopyOption.ATOMIC_MOVE);
  }

  private void openssl(String arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments.split(" ", -1)));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("openssl %s: %s", arguments, output).isZero();
  }

  /** What a client of this authority's service uses: it trusts it, and shows these. */
  SSLContext client(String protocol, Issued... shown) throws Exception {
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(PemCertificates.trusting(PemCertificates.parse(Files.readAllBytes(certificate()))));
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(
        shown.length == 0 ? null : shown[0].identity().keyStore(),
        PemIdentity.storePassword().toCharArray());
    SSLContext context = SSLContext.getInstance(protocol);
    context.init(
        shown.length == 0 ? null : new KeyManager[] {new Insistent(keys)},
        trust.getTrustManagers(),
        null);
    return context;
  }

  /** Shows the certificate to a service that does not trust its CA, which Java would not. */
  private static final class Insistent extends X509ExtendedKeyManager {
    private final X509ExtendedKeyManager keys;

    Insistent(KeyManagerFactory factory) {
      keys = (X509ExtendedKeyManager) factory.getKeyManagers()[0];
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
      return keys.getClientAliases("EC", null)[0];
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
      return keys.getClientAliases(type, null);
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
      return keys.getServerAliases(type, null);
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
      return keys.chooseServerAlias(type, null, socket);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return keys.getCertificateChain(alias);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return keys.getPrivateKey(alias);
    }
  }

  static Path replace(Path file, Path by) throws IOException {
    Path next = Files.copy(by, file.resolveSibling(file.getFileName() + ".next"));
    return Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
