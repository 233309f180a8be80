/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows of subuid(5), compared with the recorded output of getsubids of shadow 4.13. */
class SubidRowTest {

  @ParameterizedTest
  @CsvSource({
    "alice:100000:65536, alice, 100000:65536",
    "1000:100000:65536, 1000, 100000:65536",
    "f:0x10000:0X1f, f, 65536:31",
    "g:010:0, ,",
    "g:010:010, g, 8:8",
    "g:0:1, g, 0:1",
    "l:08:1, ,",
    "r:0x:1, ,",
    "r:0xg:1, ,",
    "d:+400000:65536, d, 400000:65536",
    "k:700000:0, ,",
    "k:700000:-0, ,",
    "m:800000:65536:, m, 800000:65536",
    "b:200000:65536:x:y, b, 200000:65536",
    "#a:100000:65536, #a, 100000:65536",
    "a b:100000:65536, a b, 100000:65536",
    "o::1, ,",
    "o:1:, ,",
    "o:1, ,",
    ":1:1, ,",
    "o:1x:1, ,",
    "o:1.0:1, ,",
    "o:٣:1, ,",
    "j:100000:99999999999, j, 100000:4294867295",
    "j:4294967294:2, j, 4294967294:1",
    "j:4294967295:1, ,",
    "s:1000:-1, s, 1000:4294966295",
    "e:-1:65536, ,",
    "e:-18446744073709551615:5, e, 1:5",
    "q:18446744073709551616:1, ,",
    "q:1:18446744073709551616, ,",
    "q:1:18446744073709551615, q, 1:4294967294",
  })
  void readsWhatShadowReads(String line, String owner, String range) {
    assertThat(SubidRow.parse(line).map(SubidRow::owner).orElse(null)).isEqualTo(owner);
    assertThat(SubidRow.parse(line).map(row -> row.range().toString()).orElse(null))
        .isEqualTo(range);
  }

  @ParameterizedTest
  @CsvSource({
    "kubelet:327680:4294836224, true",
    "j:4294967294:1, false",
    "j:4294967294:2, true",
    "j:4294967295:1, true",
    "s:1000:-1, true",
    "31089:4294770688:65536, false",
    "j:4294967295:0, false",
    "j:4294967295:x, false",
    ":4294967295:1, false",
    "j:1, false",
  })
  void knowsARangeThatNewuidmapRefuses(String line, boolean overflows) {
    assertThat(SubidRow.overflows(line)).isEqualTo(overflows);
  }

  static Stream<Arguments> whiteSpace() {
    return Stream.of(
        Arguments.of("c: 300000:65536", true),
        Arguments.of("p:\t1000:\u000B\f\r5", true),
        Arguments.of(" i:600000:65536", true),
        Arguments.of("h:500000:65536 ", false),
        Arguments.of("h:500000 :65536", false),
        Arguments.of("v:1000:5\r", false),
        Arguments.of("v:- 1:5", false),
        Arguments.of("v: :5", false),
        Arguments.of("v:1:5\0", false),
        Arguments.of("", false),
        Arguments.of("# a comment", false),
        Arguments.of("a:1:1:" + "x".repeat(1017), true),
        Arguments.of("a:1:1:" + "x".repeat(1018), false));
  }

  @ParameterizedTest
  @MethodSource("whiteSpace")
  void passesOverWhiteSpaceBeforeANumberOnly(String line, boolean isRow) {
    assertThat(SubidRow.parse(line).isPresent()).isEqualTo(isRow);
  }

  @Test
  void isWrittenAsItIsRead() {
    SubidRow row = new SubidRow("alice", new IdRange(100000, 65536));

    assertThat(row).hasToString("alice:100000:65536");
    assertThat(SubidRow.parse(row.toString())).contains(row);
  }
}
