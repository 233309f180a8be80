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
 * The content of a subuid(5) or subgid(5) file, kept byte for byte: {@code decode} then {@code
 * encode} gives the same bytes, whatever they are. Bytes are carried as ISO 8859-1 characters, so
 * nothing is lost to an encoding; {@link #ownerOf} turns an owner field into UTF-8.
 */
public record SubidFile(List<Line> lines) {

  /**
   * One line.
   *
   * @param text the line without its end
   * @param end {@code "\n"}, or empty for a last line that has none
   */
  public record Line(String text, String end) {
    /** The row that shadow reads in this line, if it reads one. */
    public Optional<SubidRow> row() {
      return SubidRow.parse(text);
    }
  }

  /** Copies the list. */
  public SubidFile {
    lines = List.copyOf(lines);
  }

  /** The file that has these bytes. */
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

  /** The bytes of the file. */
  public byte[] encode() {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line.text()).append(line.end()));
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The rows that shadow reads, in order; owners are as {@link #ownerOf} gives them. */
  public List<SubidRow> rows() {
    return lines.stream()
        .flatMap(line -> line.row().stream())
        .map(row -> new SubidRow(ownerOf(row), row.range()))
        .toList();
  }

  /** The owner field of a row of this file, read as UTF-8. */
  public static String ownerOf(SubidRow row) {
    return utf8(row.owner());
  }

  /** Text of a line of this file, read as UTF-8. */
  public static String utf8(String text) {
    return new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
