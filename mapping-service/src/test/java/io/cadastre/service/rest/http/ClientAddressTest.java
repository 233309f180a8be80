/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.access.AddressRange;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client behind proxies, by RFC 7239. 127.0.0.1 and 10.0.0.0/8 are trusted. */
class ClientAddressTest {
  private final ClientAddress found =
      new ClientAddress(List.of(AddressRange.parse("127.0.0.1"), AddressRange.parse("10.0.0.0/8")));

  private String client(String... fields) {
    return found
        .hop(AddressRange.address("127.0.0.1").orElseThrow(), List.of(fields))
        .address()
        .getHostAddress();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "for=192.0.2.43;proto=https | true",
        "Proto=\"HTTPS\";for=192.0.2.43 | true",
        "for=192.0.2.43 | false",
        "for=192.0.2.43;proto=http | false",
        // the client's own word, and that of the proxy behind the first one
        "for=203.0.113.1;proto=https, for=192.0.2.43 | false",
        "for=192.0.2.43;proto=http, for=10.0.0.7;proto=https | false",
        "for=192.0.2.43;proto=https, for=10.0.0.7;proto=http | true",
        // no address, or the proxy's own
        "proto=https | true",
        "for=unknown;proto=https | true",
        "for=_hidden;proto=https, for=10.0.0.7;proto=http | true",
        "for=127.0.0.1;proto=https | true",
        "for=192.0.2.43;proto=https, for=unknown | false",
        "for=192.0.2.43;proto=https, for=unknown;proto=http | false",
      })
  void tellsWhetherTheClientAsksByTls(String field, boolean secure) {
    assertThat(found.hop(AddressRange.address("127.0.0.1").orElseThrow(), List.of(field)).secure())
        .isEqualTo(secure);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "for=192.0.2.43 | 192.0.2.43",
        "For=\"192.0.2.43:4711\";proto=https;by=10.0.0.1 | 192.0.2.43",
        "proto=https; for=\"[2001:db8:cafe::17]:4711\" | 2001:db8:cafe:0:0:0:0:17",
        // what the client itself wrote comes first
        "for=203.0.113.1, for=192.0.2.43 | 192.0.2.43",
        "for=203.0.113.1, for=192.0.2.43, for=10.1.1.1 | 192.0.2.43",
        "for=\"1.2.3.4, for=10.0.0.9\", for=192.0.2.43 | 192.0.2.43",
        "for=192.0.2.43, for=unknown | 127.0.0.1",
        "for=192.0.2.43, for=_hidden, for=10.0.0.7 | 10.0.0.7",
        "for=192.0.2.43, for=example.org | 127.0.0.1",
        "for=10.0.0.9, for=10.0.0.7 | 10.0.0.9",
        "for= | 127.0.0.1",
        "192.0.2.43 | 127.0.0.1",
        "for=\"192.0.2.43 | 127.0.0.1",
        "by=192.0.2.43 | 127.0.0.1",
      })
  void isTheLastThatIsNoTrustedProxy(String field, String client) {
    assertThat(client(field)).isEqualTo(client);
  }

  @Test
  void severalFieldsAreOneList() {
    assertThat(client("for=203.0.113.1", "for=192.0.2.43, for=10.0.0.3")).isEqualTo("192.0.2.43");
    assertThat(client()).isEqualTo("127.0.0.1");
  }

  @Test
  void aLongFieldIsReadToo() {
    assertThat(client("for=1.2.3.4,".repeat(5000) + "for=192.0.2.43")).isEqualTo("192.0.2.43");
    assertThat(client("\"".repeat(20_001))).isEqualTo("127.0.0.1");
  }
}
