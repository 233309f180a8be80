/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvLineTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "zoe | zoe",
        "`` | ``",
        "=1+1 | '=1+1",
        "+1 | '+1",
        "-1 | '-1",
        "@sum | '@sum",
        "`\t1` | `'\t1`",
        "a=1 | a=1",
        "a,b | \"a,b\"",
        "a\"b | \"a\"\"b\"",
        "=\"a\",b | \"'=\"\"a\"\",b\"",
      })
  void cellsAreQuotedAndDefused(String text, String cell) {
    assertThat(CsvLine.cell(text)).isEqualTo(cell);
  }
}
