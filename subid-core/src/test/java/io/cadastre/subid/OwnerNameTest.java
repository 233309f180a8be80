/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules for names, with the test vectors that the C plugin is tested with too. */
class OwnerNameTest {

  static Stream<Arguments> vectors() throws IOException {
    try (InputStream file = OwnerNameTest.class.getResourceAsStream("/name-vectors.txt")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .map(f -> Arguments.of(f[3], f[0], f[1], HexFormat.of().parseHex(f[2])));
    }
  }

  @ParameterizedTest(name = "{1}, {2}: {0}")
  @MethodSource("vectors")
  void judgesEveryVector(String comment, String admit, String read, byte[] name) {
    assertVerdict(admit, name, () -> OwnerName.decode(name).admitted());
    assertVerdict(read, name, () -> OwnerName.decode(name));
    assertThat(read.equals("refuse") && admit.equals("accept"))
        .as("admission only adds to the rule of reading")
        .isFalse();
    if (read.equals("accept")) {
      assertThat(OwnerName.decode(name).isAdmissible()).isEqualTo(admit.equals("accept"));
    }
  }

  private static void assertVerdict(String verdict, byte[] name, Supplier<OwnerName> rule) {
    if (verdict.equals("accept")) {
      assertThat(rule.get().value().getBytes(StandardCharsets.UTF_8)).isEqualTo(name);
    } else {
      assertThat(verdict).isEqualTo("refuse");
      assertThatThrownBy(rule::get).isInstanceOf(NameRefused.class);
    }
  }

  @Test
  void saysWhichCharacterANewNameMayNotHold() {
    assertThatThrownBy(() -> new OwnerName("a\u00ADb").admitted())
        .hasMessageStartingWith(
            "the name \"a<U+00AD>b\" is refused: it holds the invisible character U+00AD,"
                + " which no new name may hold.");
  }

  @Test
  void refusesALoneSurrogateInAString() {
    assertThatThrownBy(() -> new OwnerName("a\uD800")).isInstanceOf(NameRefused.class);
    assertThatThrownBy(() -> new OwnerName("\uDC00a")).isInstanceOf(NameRefused.class);
  }

  @Test
  void showsARefusedNameInPrintableAscii() {
    assertThatThrownBy(() -> new OwnerName("a\nroot:0:1\u202E\"é"))
        .hasMessageStartingWith(
            "the name \"a<U+000A>root:0:1<U+202E><U+0022><U+00E9>\" is refused:")
        .message()
        .matches("[ -~]+");
    assertThatThrownBy(() -> new OwnerName("a".repeat(300)))
        .hasMessageContaining("the limit of 256 bytes")
        .hasMessageContaining("a...\"");
  }
}
