/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Escaping of text from other people. */
class PrintableTest {
  private static final Pattern HARMFUL =
      Pattern.compile("[\\p{Cntrl}\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

  @ParameterizedTest
  @ValueSource(strings = {"", "zoe", "zoë", "日本", "😀", "a b~", "é"})
  void leavesLettersMarksAndSymbolsAlone(String text) {
    assertThat(Printable.of(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "1b, \\u001b",
    "7, \\u0007",
    "0, \\u0000",
    "a, \\n",
    "d, \\r",
    "9, \\t",
    "7f, \\u007f",
    "85, \\u0085",
    "9b, \\u009b",
    "ad, \\u00ad",
    "61c, \\u061c",
    "115f, \\u115f",
    "200b, \\u200b",
    "200f, \\u200f",
    "2028, \\u2028",
    "202e, \\u202e",
    "2060, \\u2060",
    "2065, \\u2065",
    "2066, \\u2066",
    "206f, \\u206f",
    "3164, \\u3164",
    "fe0f, \\ufe0f",
    "feff, \\ufeff",
    "d800, \\ud800",
    "dc00, \\udc00",
    "e0001, \\U000e0001",
    "e007f, \\U000e007f",
    "e0100, \\U000e0100",
    "5c, \\\\",
  })
  void escapesWhatMovesOrHidesText(String hex, String expected) {
    String character = Character.toString(Integer.parseInt(hex, 16));

    assertThat(Printable.of("a" + character + "z")).isEqualTo("a" + expected + "z");
  }

  @Test
  void printsNoCharacterThatActsAndNoTwoAlike() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      String printed = Printable.of(Character.toString(point));

      assertThat(HARMFUL.matcher(printed).find()).as("U+%04X", point).isFalse();
      assertThat(printed.equals(Character.toString(point)) || printed.startsWith("\\")).isTrue();
    }
    assertThat(Printable.of("\\n")).isNotEqualTo(Printable.of("\n"));
  }

  @Test
  void tracesAFailureWithItsMessagesEscaped() {
    Throwable failure =
        new IllegalStateException("a\u001b[2J", new IllegalArgumentException("b\nc\u202e"));

    assertThat(Printable.trace(failure).lines())
        .contains(
            "java.lang.IllegalStateException: a\\u001b[2J",
            "Caused by: java.lang.IllegalArgumentException: b\\nc\\u202e")
        .allMatch(line -> line.startsWith("\tat ") || !HARMFUL.matcher(line).find())
        .anyMatch(line -> line.startsWith("\tat io.cadastre.subid.PrintableTest."));
  }
}
