/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.access.Authenticator;
import io.cadastre.service.access.Bounds;
import io.cadastre.service.access.CredentialKind;
import io.cadastre.service.access.Presented;
import io.cadastre.service.access.Principal;
import io.cadastre.service.access.Role;
import io.cadastre.service.access.Unauthenticated;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private final Map<String, Role> tokens = new HashMap<>(Map.of("t-auditor", Role.AUDITOR));
  private Instant now = Instant.parse("2026-03-01T08:00:00Z");

  private final Clock clock =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return now;
        }
      };

  private final Authenticator known =
      presented -> {
        String token = presented.bearer().orElseThrow();
        return Optional.ofNullable(tokens.get(token))
            .map(
                role ->
                    new Principal(
                        "of-" + token,
                        role,
                        CredentialKind.TOKEN,
                        Optional.of(token),
                        Bounds.NONE));
      };

  private final Sessions sessions = new Sessions(List.of(known), clock);

  private Optional<Principal> principal(String secret) throws Unauthenticated {
    return sessions.authenticate(Presented.ofSession(Optional.of(secret)));
  }

  private void assertEnded(String secret) {
    assertThatThrownBy(() -> principal(secret)).isInstanceOf(Unauthenticated.class);
  }

  @Test
  void aSessionLastsForEightHours() throws Unauthenticated {
    String secret = sessions.begin("t-auditor").secret();
    now = now.plus(Duration.ofHours(8)).minusMillis(1);
    assertThat(principal(secret)).map(Principal::name).contains("of-t-auditor");
    now = now.plusMillis(1);
    assertEnded(secret);
    now = now.minusMillis(1); // not even if the clock goes back
    assertEnded(secret);
  }

  @Test
  void aSessionEndsWithItsTokenForGood() throws Unauthenticated {
    String secret = sessions.begin("t-auditor").secret();
    tokens.remove("t-auditor");
    assertEnded(secret);
    tokens.put("t-auditor", Role.AUDITOR);
    assertEnded(secret);
  }

  @Test
  void aSessionHasTheRoleThatItsTokenHasNow() throws Unauthenticated {
    tokens.put("t-admin", Role.ADMIN);
    String secret = sessions.begin("t-admin").secret();
    tokens.put("t-admin", Role.NODE);
    assertThat(principal(secret)).map(Principal::role).contains(Role.NODE);
  }

  @Test
  void onlyTheWholeSecretOpensASession() throws Unauthenticated {
    String secret = sessions.begin("t-auditor").secret();
    assertThat(secret).hasSize(43);
    assertEnded("");
    assertEnded(secret + "x");
    assertEnded(secret.substring(1));
    assertEnded(SecretText.of(secret).name());
    assertEnded(sessions.formToken(Optional.of(secret)));
    assertThat(principal(secret)).isPresent();
    assertThat(sessions.authenticate(Presented.ofSession(Optional.empty()))).isEmpty();
  }

  @Test
  void twentySessionsOfATokenLiveAndTheOldestEnds() throws Unauthenticated {
    tokens.put("t-other", Role.ADMIN);
    String other = sessions.begin("t-other").secret();
    List<String> secrets = new ArrayList<>();
    for (int i = 0; i < 21; i++) {
      secrets.add(sessions.begin("t-auditor").secret());
    }
    assertEnded(secrets.get(0));
    for (String secret : secrets.subList(1, 21)) {
      assertThat(principal(secret)).isPresent();
    }
    assertThat(principal(other)).isPresent();
  }

  @Test
  void aFormTokenIsThatOfItsSessionOnly() throws Unauthenticated {
    Optional<String> one = Optional.of(sessions.begin("t-auditor").secret());
    Optional<String> other = Optional.of(sessions.begin("t-auditor").secret());
    assertThat(sessions.isOwnForm(one, sessions.formToken(one))).isTrue();
    assertThat(sessions.isOwnForm(one, sessions.formToken(other))).isFalse();
    assertThat(sessions.isOwnForm(one, sessions.formToken(Optional.empty()))).isFalse();
    assertThat(sessions.isOwnForm(one, "")).isFalse();
    assertThat(sessions.isOwnForm(Optional.empty(), sessions.formToken(Optional.empty()))).isTrue();
    assertThat(
            new Sessions(List.of(known), clock)
                .isOwnForm(Optional.empty(), sessions.formToken(Optional.empty())))
        .isFalse();
  }

  @Test
  void aTokenIsKeptSealed() {
    SecretText secret = SecretText.random(new SecureRandom());
    byte[] sealed = secret.seal("cadastre_X_y", new SecureRandom());
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("cadastre");
    assertThat(secret.open(sealed)).contains("cadastre_X_y");
    assertThat(SecretText.random(new SecureRandom()).open(sealed)).isEmpty();
    sealed[sealed.length - 1] ^= 1;
    assertThat(secret.open(sealed)).isEmpty();
    assertThat(secret.toString()).doesNotContain(secret.text());
  }
}
