/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges of IP addresses. */
class AddressRangeTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "10.0.0.0/15, 10.1.2.3, true",
    "10.0.0.0/15, 10.2.2.3, false",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.6, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, ::1, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "[::1], ::1, true",
    "::ffff:192.0.2.1, 192.0.2.1, true",
  })
  void hasTheAddressesWithItsPrefix(String range, String address, boolean has) {
    assertThat(AddressRange.parse(range).contains(AddressRange.address(address).orElseThrow()))
        .isEqualTo(has);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "10.0.0.0/33",
        "::/129",
        "10.0.0.0/",
        "10.0.0/8",
        "10.0.0.256",
        "1.2.3.4.",
        "1.2.3.4/8/8",
        "10.0.0.0/-1",
        "a:b:c",
        ":",
        "fe80::1%eth0",
        "10.0.0.0/ 8"
      })
  void refusesAnythingElse(String text) {
    assertThatThrownBy(() -> AddressRange.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
