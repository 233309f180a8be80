/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.pem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and certificates as the real openssl writes them. Three seconds. */
class PemIdentityTest {
  @TempDir static Path dir;

  @BeforeAll
  static void make() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is missing");
    openssl("genrsa -traditional -out rsa-pkcs1.key 2048");
    openssl("pkey -in rsa-pkcs1.key -out rsa-pkcs8.key");
    openssl("rsa -in rsa-pkcs1.key -traditional -aes128 -passout pass:abcd -out rsa-locked.key");
    openssl("pkey -in rsa-pkcs1.key -aes128 -passout pass:abcd -out pkcs8-locked.key");
    for (String curve : List.of("prime256v1", "secp384r1", "secp521r1")) {
      openssl("ecparam -name %s -genkey -out ec-%1$s-sec1.key".formatted(curve));
      openssl("pkey -in ec-%s-sec1.key -out ec-%1$s-pkcs8.key".formatted(curve));
      certify("ec-" + curve, "ec-%s-sec1.key".formatted(curve));
    }
    openssl("genpkey -algorithm ed25519 -out ed25519-pkcs8.key");
    openssl("genrsa -traditional -out other.key 2048");
    certify("rsa", "rsa-pkcs1.key");
    certify("ed25519", "ed25519-pkcs8.key");
  }

  private static void certify(String name, String key) throws Exception {
    openssl("req -x509 -key %s -days 2 -subj /CN=%s -out %2$s.pem".formatted(key, name));
  }

  private static void openssl(String arguments) throws Exception {
    Process process =
        new ProcessBuilder(("openssl " + arguments).split(" ", -1))
            .directory(dir.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("openssl %s: %s", arguments, output).isZero();
  }

  private static byte[] bytes(String file) throws IOException {
    return Files.readAllBytes(dir.resolve(file));
  }

  @ParameterizedTest
  @CsvSource({
    "rsa, rsa-pkcs1",
    "rsa, rsa-pkcs8",
    "ec-prime256v1, ec-prime256v1-sec1",
    "ec-prime256v1, ec-prime256v1-pkcs8",
    "ec-secp384r1, ec-secp384r1-sec1",
    "ec-secp384r1, ec-secp384r1-pkcs8",
    "ec-secp521r1, ec-secp521r1-sec1",
    "ec-secp521r1, ec-secp521r1-pkcs8",
    "ed25519, ed25519-pkcs8",
  })
  void readsEachFormThatOpensslWrites(String certificate, String key) throws Exception {
    PemIdentity identity =
        PemIdentity.parse(PemCertificates.parse(bytes(certificate + ".pem")), bytes(key + ".key"));

    assertThat(identity.chain()).hasSize(1);
    assertThat(identity.keyStore().isKeyEntry("key")).isTrue();
    assertThat(identity.keyStore().getKey("key", PemIdentity.storePassword().toCharArray()))
        .isEqualTo(identity.key());
  }

  @Test
  void readsACertificateAndItsKeyInOneFile() throws Exception {
    byte[] both =
        ("Bag Attributes\n    friendlyName: node\n"
                + Files.readString(dir.resolve("rsa-pkcs1.key"))
                + "subject=CN = rsa\n"
                + Files.readString(dir.resolve("rsa.pem"))
                + Files.readString(dir.resolve("ed25519.pem")))
            .getBytes(StandardCharsets.UTF_8);

    assertThat(PemIdentity.parse(PemCertificates.parse(both), both).chain()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "rsa, other, is not the key of the certificate",
    "rsa, ec-prime256v1-sec1, 'not of the certificate''s algorithm, RSA'",
    "ec-prime256v1, ec-secp384r1-pkcs8, is not the key of the certificate",
    "rsa, rsa-locked, with a password",
    "rsa, pkcs8-locked, with a password",
  })
  void refusesAKeyThatDoesNotFitOrIsLocked(String certificate, String key, String why)
      throws Exception {
    List<X509Certificate> chain = PemCertificates.parse(bytes(certificate + ".pem"));
    byte[] text = bytes(key + ".key");

    assertThatExceptionOfType(PemRefused.class)
        .isThrownBy(() -> PemIdentity.parse(chain, text))
        .withMessageContaining(why);
  }

  /** Cut at any place, and with any byte changed, a key is refused or still the same one. */
  @ParameterizedTest
  @ValueSource(strings = {"rsa, rsa-pkcs1", "ec-secp384r1, ec-secp384r1-sec1"})
  void refusesADamagedKeyWithoutQuotingIt(String pair) throws Exception {
    String[] names = pair.split(", ", -1);
    List<X509Certificate> chain = PemCertificates.parse(bytes(names[0] + ".pem"));
    byte[] whole = bytes(names[1] + ".key");
    String body = new String(whole, StandardCharsets.US_ASCII).replaceAll("(?m)^-.*\n", "");
    for (int i = 0; i < whole.length; i += 211) {
      byte[] changed = whole.clone();
      changed[i] = (byte) (changed[i] == 'A' ? 'B' : 'A');
      check(chain, changed, body);
      check(chain, Arrays.copyOf(whole, i), body);
    }
  }

  private static void check(List<X509Certificate> chain, byte[] key, String body) {
    try {
      assertThat(PemIdentity.parse(chain, key).chain()).isEqualTo(chain);
    } catch (PemRefused e) {
      assertThat(e.getMessage()).doesNotContain(body.substring(0, 20));
    }
  }

  @Test
  void refusesAFileWithoutACertificate() throws Exception {
    byte[] key = bytes("other.key");

    assertThatExceptionOfType(PemRefused.class)
        .isThrownBy(() -> PemCertificates.parse(key))
        .withMessageContaining("no certificate");
  }
}
