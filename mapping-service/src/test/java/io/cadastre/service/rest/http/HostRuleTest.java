/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of the service, also when many fields are remembered. */
class HostRuleTest {
  private final HostRule rule = new HostRule(List.of("Registry.example.org"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:8080",
        "registry.example.org",
        "127.0.0.1:8080",
        "[::1]:8080",
        "[2001:db8::1]"
      })
  void namesAndAddressesAreTheService(String host) {
    for (int i = 0; i < 2; i++) {
      assertThat(rule.foreignHost(Optional.of(host))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example.org",
        "localhost.example.org",
        "localhost:99999999",
        "",
        "1.2.3",
        "a b"
      })
  void otherNamesStayForeign(String host) {
    for (int i = 0; i < 2; i++) {
      assertThat(rule.foreignHost(Optional.of(host))).isPresent();
    }
  }

  @Test
  void moreHostsThanAreRememberedAreJudgedAsBefore() {
    for (int i = 0; i < 1000; i++) {
      assertThat(rule.foreignHost(Optional.of("10.0.%d.%d".formatted(i / 250, i % 250)))).isEmpty();
    }
    assertThat(rule.foreignHost(Optional.of("localhost"))).isEmpty();
    assertThat(rule.foreignHost(Optional.of("evil.example.org"))).isPresent();
  }
}
