/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.text;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a line of CSV (RFC 4180). A cell that a spreadsheet would run as a formula begins with an
 * apostrophe, which makes it a text.
 */
final class CsvLine {
  private static final String RUN = "=+-@\t\r";

  private CsvLine() {}

  /** The line of these cells, with its end. */
  static String of(Stream<String> cells) {
    return cells.map(CsvLine::cell).collect(Collectors.joining(",", "", "\r\n"));
  }

  static String cell(String text) {
    boolean runs = !text.isEmpty() && RUN.indexOf(text.charAt(0)) >= 0;
    String defused = runs ? "'" + text : text;
    boolean quoted = defused.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return quoted ? "\"" + defused.replace("\"", "\"\"") + "\"" : defused;
  }
}
