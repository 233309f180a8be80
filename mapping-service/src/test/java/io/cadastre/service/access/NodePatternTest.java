/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.subid.NodeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodePatternTest {
  @ParameterizedTest
  @CsvSource({
    "n1.example.org, n1.example.org, true",
    "N1.Example.ORG, n1.example.org, true",
    "n1.example.org, N1.EXAMPLE.ORG, true",
    "n1.example.org, n1.example.org.uk, false",
    "n1.example.org, n11.example.org, false",
    "n1.example.org, n1xexample.org, false",
    "*, n1, true",
    "n*, n, true",
    "n*, m, false",
    "*.example.org, n1.example.org, true",
    "*.example.org, example.org, false",
    "*.example.org, n1.example.org.evil.net, false",
    "n*.example.org, n7.rack2.example.org, true",
    "a*a, a, false",
    "a*a, aa, true",
    "ab*ba, aba, false",
    "a*b*c, a-b-c, true",
    "a*b*c, a-c-b, false",
    "a*bb*bc, abbc, false",
    "a**c, ac, true",
  })
  void aStarStandsForAnyCharacters(String pattern, String node, boolean fits) {
    assertThat(new NodePattern(pattern).matches(new NodeName(node))).isEqualTo(fits);
  }

  /** A regular expression would take years. */
  @Test
  void manyStarsTakeNoTime() {
    NodePattern pattern = new NodePattern("a*".repeat(120) + "b");
    NodeName node = new NodeName("a".repeat(60) + ".a" + "a".repeat(60) + ".a" + "a".repeat(60));
    long start = System.nanoTime();
    assertThat(pattern.matches(node)).isFalse();
    assertThat(System.nanoTime() - start).isLessThan(1_000_000_000L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", "a..b", ".a", "a.", "-a", "a-", "a.-b", "a b", "a_b", "a/b", "a;b"})
  void refusesWhatIsNoHostName(String text) {
    assertThatThrownBy(() -> new NodeName(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNameIsBounded() {
    String label = "a".repeat(63);
    String most = String.join(".", label, label, label, "a".repeat(61));
    assertThat(new NodeName(most).value()).hasSize(253);
    assertThatThrownBy(() -> new NodeName(most + "a")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new NodeName(label + "a"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new NodeName("kelvin-\u212A"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
