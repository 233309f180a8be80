/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenExpiryTest {
  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00.5Z");

  @ParameterizedTest
  @CsvSource({
    "90d, 2027-02-25T12:00:00Z",
    "12h, 2026-11-28T00:00:00Z",
    "1830d, 2031-12-01T12:00:00Z",
    "2027-06-30, 2027-06-30T00:00:00Z",
    "2027-06-30T12:00:00Z, 2027-06-30T12:00:00Z",
    "2027-06-30T12:00:00+02:00, 2027-06-30T10:00:00Z",
  })
  void readsATime(String asked, Instant expires) {
    assertThat(TokenExpiry.of(Optional.of(asked), NOW)).isEqualTo(expires);
  }

  @Test
  void isAYearIfNoneIsAskedFor() {
    assertThat(TokenExpiry.of(Optional.empty(), NOW)).isEqualTo("2027-11-27T12:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0d",
        "1831d",
        "99999d",
        "-1d",
        "1y",
        "P90D",
        "never",
        "2026-11-27",
        "2026-02-30",
        "2026-11-27T12:00:00Z",
        "+999999999-01-01",
        "2027-06-30T12:00:00"
      })
  void refusesAnotherFormThePastAndTheFarFuture(String asked) {
    assertThatThrownBy(() -> TokenExpiry.of(Optional.of(asked), NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTokenReadsAsItWasMadeAndShowsNoSecret() {
    for (int i = 0; i < 1000; i++) {
      TokenText token = TokenText.random(new SecureRandom());
      assertThat(TokenText.parse(token.text())).contains(token);
      assertThat(token.hashesTo(token.hash())).isTrue();
      assertThat(token.toString())
          .doesNotContain(token.text().substring(token.text().length() - 43));
      TokenText other = TokenText.random(new SecureRandom());
      assertThat(other.id()).isNotEqualTo(token.id());
      assertThat(other.hashesTo(token.hash())).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bootstrap", "cadastre", "a:b", "service:x", "a@b", "-a", "", "a b", "ä"})
  void refusesANameThatNoEventMayShow(String name) {
    assertThatThrownBy(
            () ->
                new AccessToken(
                    "AAAAAAAA", name, "", Role.NODE, NOW, NOW, TokenState.ACTIVE, Bounds.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no name for a token");
  }
}
