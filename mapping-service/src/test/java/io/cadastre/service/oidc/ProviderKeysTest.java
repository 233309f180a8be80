/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.util.Base64URL;
import io.cadastre.service.access.Presented;
import io.cadastre.service.access.Principal;
import io.cadastre.service.access.Role;
import io.cadastre.service.access.Unauthenticated;
import io.cadastre.service.config.OidcConfiguration;
import io.cadastre.service.config.OidcRole;
import io.cadastre.service.failure.ConfigurationRefused;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.oidc.OpenIdProvider.Mood;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The provider's keys over time: rotation, outages and floods. Real HTTP, a clock of the test.
 * Three seconds.
 */
@Tag("slow")
class ProviderKeysTest {
  private static final Duration KEPT = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final OpenIdProvider provider = new OpenIdProvider();
  private final AtomicLong now = new AtomicLong();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ProviderKeys keys = keys(Optional.empty(), Optional.empty());
  private final OidcAuthenticator people =
      new OidcAuthenticator(
          configuration(Optional.empty(), Optional.empty()), keys, Clock.systemUTC());

  @AfterEach
  void stop() {
    threads.shutdownNow();
    provider.close();
  }

  private ProviderKeys keys(Optional<String> uri, Optional<Path> file) {
    return new ProviderKeys(configuration(uri, file), now::get, PATIENCE);
  }

  private OidcConfiguration configuration(Optional<String> uri, Optional<Path> file) {
    return new OidcConfiguration(
        provider.issuer(),
        OpenIdProvider.AUDIENCE,
        uri,
        file,
        Optional.empty(),
        List.of("realm_access", "roles"),
        Map.of("admins", OidcRole.of("admin")),
        null,
        null,
        null,
        io.dropwizard.util.Duration.hours(KEPT.toHours()),
        null,
        null);
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private Principal authenticate(String token) throws Unauthenticated {
    return people
        .authenticate(new Presented(Optional.of(token), List.of()))
        .orElseThrow(() -> new AssertionError("the token was not looked at"));
  }

  private void assertRefused(String token, String why) {
    assertThatThrownBy(() -> authenticate(token))
        .isInstanceOf(Unauthenticated.class)
        .hasMessageContaining(why);
  }

  /** Calls what the service calls in the background until the thread is interrupted. */
  private void inBackground(ProviderKeys keys) {
    Future<?> unused =
        threads.submit(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                try {
                  keys.readIfDue();
                } catch (Unavailable e) {
                  // it is tried again
                }
                Thread.sleep(10);
              }
              return true;
            });
  }

  @Test
  void aNewKeyIsReadWhenATokenNamesIt() throws Unauthenticated {
    keys.readIfDue();
    assertThat(authenticate(provider.token("admins")).role()).isEqualTo(Role.ADMIN);
    String old = provider.token("admins");
    provider.rotate();
    pass(ProviderKeys.READ_AGAIN);
    inBackground(keys);

    assertThat(authenticate(provider.token("admins")).name()).isEqualTo("oidc:zoe");
    assertRefused(old, "a key that the provider does not have");
  }

  @Test
  void keysAreReadAgainAtTheirInterval() {
    keys.readIfDue();
    keys.readIfDue();
    assertThat(provider.reads()).isEqualTo(1);
    pass(ProviderKeys.READ_EVERY);
    keys.readIfDue();
    assertThat(provider.reads()).isEqualTo(2);
  }

  @Test
  void unknownKeysOfAnAttackerDoNotHammerTheProvider() {
    keys.readIfDue();
    for (int i = 0; i < 200; i++) {
      assertRefused(
          OpenIdProvider.sign(
              provider.header().keyID("random-" + i).build(),
              provider.claims("admins").build(),
              provider.key()),
          "a key that the provider does not have");
      keys.readIfDue();
    }
    assertThat(provider.reads()).isEqualTo(1);
    pass(ProviderKeys.READ_AGAIN);
    keys.readIfDue();
    assertThat(provider.reads()).isEqualTo(2);
  }

  @Test
  void knownKeysServeWhileTheProviderIsAwayButNotForEver() throws Unauthenticated {
    keys.readIfDue();
    provider.be(Mood.BROKEN);
    pass(KEPT);
    assertThatThrownBy(keys::readIfDue)
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("openid-configuration");
    assertThat(authenticate(provider.token("admins")).role()).isEqualTo(Role.ADMIN);

    pass(Duration.ofSeconds(1));
    assertRefused(provider.token("admins"), "no key of the OpenID provider is known");

    provider.be(Mood.WELL);
    pass(ProviderKeys.READ_AGAIN);
    keys.readIfDue();
    assertThat(authenticate(provider.token("admins")).role()).isEqualTo(Role.ADMIN);
  }

  /** 16 requests wait; the others are answered at once. */
  @Test
  void aProviderThatNeverAnswersHoldsFewRequestsForAShortTime() throws Exception {
    provider.be(Mood.NEVER);
    Duration patience = Duration.ofSeconds(1);
    OidcConfiguration hanging = configuration(Optional.empty(), Optional.empty());
    ProviderKeys none = new ProviderKeys(hanging, now::get, patience);
    OidcAuthenticator waiting = new OidcAuthenticator(hanging, none, Clock.systemUTC());
    Presented token = new Presented(Optional.of(provider.token("admins")), List.of());
    inBackground(none);
    List<Future<Long>> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      all.add(
          threads.submit(
              () -> {
                long began = System.nanoTime();
                assertThatThrownBy(() -> waiting.authenticate(token))
                    .isInstanceOf(Unauthenticated.class)
                    .hasMessageContaining("no key");
                return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
              }));
    }
    int slow = 0;
    for (Future<Long> one : all) {
      long millis = one.get();
      assertThat(millis).isLessThan(5_000);
      slow += millis >= 1_000 ? 1 : 0;
    }
    assertThat(slow).isBetween(1, 16);
  }

  @Test
  void keysComeFromAUriOrAFileToo(@TempDir Path dir) throws IOException {
    ProviderKeys ofUri = keys(Optional.of(provider.issuer() + "/keys"), Optional.empty());
    ofUri.readIfDue();
    assertThat(provider.reads()).isEqualTo(1);

    Path file = dir.resolve("keys.json");
    Files.writeString(file, new JWKSet(provider.key().toPublicJWK()).toString());
    keys(Optional.empty(), Optional.of(file)).readIfDue();
    assertThat(provider.reads()).isEqualTo(1);
  }

  @Test
  void theAuthorityOfTheProviderIsCheckedByTheFileOfTheConfiguration(@TempDir Path dir)
      throws Exception {
    try (TlsKeys tls = TlsKeys.serve(dir, new JWKSet(provider.key().toPublicJWK()).toString())) {
      keysOverTls(tls, Optional.of(tls.authority())).readIfDue();

      ProviderKeys untrusted = keysOverTls(tls, Optional.empty());
      assertThatThrownBy(untrusted::readIfDue).hasMessageContaining("PKIX");
      Files.writeString(dir.resolve("empty.pem"), "");
      assertThatThrownBy(() -> keysOverTls(tls, Optional.of(dir.resolve("empty.pem"))))
          .isInstanceOf(ConfigurationRefused.class)
          .hasMessageContaining("access.oidc.caFile");
    }
  }

  private ProviderKeys keysOverTls(TlsKeys tls, Optional<Path> authority) {
    return new ProviderKeys(
        new OidcConfiguration(
            provider.issuer(),
            OpenIdProvider.AUDIENCE,
            Optional.of(tls.uri()),
            Optional.empty(),
            authority,
            List.of("groups"),
            Map.of("admins", OidcRole.of("admin")),
            null,
            null,
            null,
            null,
            null,
            null),
        now::get,
        PATIENCE);
  }

  /** A secret in a set of public keys is not one that verifies. */
  @Test
  void aSetWithoutPublicKeysIsRefused(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("keys.json");
    OctetSequenceKey secret =
        new OctetSequenceKey.Builder(Base64URL.encode("0123456789abcdef0123456789abcdef")).build();
    Files.writeString(file, new JWKSet(secret).toString(false));
    ProviderKeys ofFile = keys(Optional.empty(), Optional.of(file));
    assertThatThrownBy(ofFile::readIfDue).hasMessageContaining("has no RSA or EC key");
  }

  @Test
  void aDiscoveryDocumentOfAnotherIssuerIsRefused() {
    ProviderKeys other =
        new ProviderKeys(
            new OidcConfiguration(
                provider.issuer() + "/",
                OpenIdProvider.AUDIENCE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of("groups"),
                Map.of("admins", OidcRole.of("admin")),
                null,
                null,
                null,
                null,
                null,
                null),
            now::get,
            PATIENCE);
    assertThatThrownBy(other::readIfDue).hasMessageContaining("names another issuer");
  }
}
