/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The content of a subuid(5) or subgid(5) file. {@code decode} and {@code encode} keep every byte:
 * each byte is one ISO 8859-1 character here. {@link #ownerOf} decodes an owner field as UTF-8.
 * Immutable.
 */
public record SubidFile(List<Line> lines) {

  /**
   * One line.
   *
   * @param text the line without its end
   * @param end {@code "\n"}; empty for a last line without one
   */
  public record Line(String text, String end) {
    /** Returns the row that shadow reads in this line; empty if it reads none. */
    public Optional<SubidRow> row() {
      return SubidRow.parse(text);
    }
  }

  /** Copies the list. */
  public SubidFile {
    lines = List.copyOf(lines);
  }

  /** Decodes the bytes of a file. */
  public static SubidFile decode(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    List<Line> lines = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int newline = text.indexOf('\n', from);
      int to = newline < 0 ? text.length() : newline;
      lines.add(new Line(text.substring(from, to), newline < 0 ? "" : "\n"));
      from = to + 1;
    }
    return new SubidFile(lines);
  }

  /** Returns the bytes of the file. */
  public byte[] encode() {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line.text()).append(line.end()));
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Returns the rows that shadow reads, in order, with owners as {@link #ownerOf} decodes them. */
  public List<SubidRow> rows() {
    return lines.stream()
        .flatMap(line -> line.row().stream())
        .map(row -> new SubidRow(ownerOf(row), row.range()))
        .toList();
  }

  /** Decodes the owner field of a row of this file as UTF-8. */
  public static String ownerOf(SubidRow row) {
    return utf8(row.owner());
  }

  /** Decodes text of a line of this file as UTF-8. */
  public static String utf8(String text) {
    return new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
