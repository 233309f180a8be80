/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Edits the {@code subid:} line of a text of nsswitch.conf(5), one character for each byte. All
 * other lines stay byte for byte. Pure.
 */
final class NsswitchEdit {
  private static final String KEY = "subid:";
  private static final String ON = "subid: cadastre";

  private NsswitchEdit() {}

  /** Whether libsubid asks the plugin. */
  static boolean isOn(String text) {
    return Nsswitch.source(text).equals("cadastre");
  }

  /** The line that shadow reads, without its line end; empty if there is none. */
  static Optional<String> line(String text) {
    List<String> lines = lines(text);
    int at = find(lines);
    return at < 0 ? Optional.empty() : Optional.of(withoutEnd(lines.get(at)));
  }

  /** The text with {@code subid: cadastre}, in the place of the line that shadow reads. */
  static String on(String text) {
    List<String> lines = lines(text);
    int at = find(lines);
    if (at >= 0) {
      lines.set(at, ON + end(lines.get(at)));
    } else if (!lines.isEmpty() && end(lines.get(lines.size() - 1)).isEmpty()) {
      lines.add(lines.size() - 1, ON + "\n"); // the last line keeps its bytes
    } else {
      lines.add(ON + "\n");
    }
    return String.join("", lines);
  }

  /**
   * The text without {@code subid: cadastre}.
   *
   * @param former the line that stood there before; empty if there was none
   */
  static String off(String text, Optional<String> former) {
    List<String> lines = lines(text);
    Optional<String> next = former;
    while (isOn(String.join("", lines))) {
      int at = find(lines);
      if (next.isPresent()) {
        lines.set(at, next.get() + end(lines.get(at)));
      } else {
        lines.remove(at);
      }
      next = Optional.empty();
    }
    return String.join("", lines);
  }

  /** The index of the line that shadow reads, or -1. */
  private static int find(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.regionMatches(true, 0, KEY, 0, KEY.length())
          && !line.substring(KEY.length()).isBlank()) {
        return i;
      }
    }
    return -1;
  }

  /** The lines with their line ends. */
  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf('\n', from);
      int next = end < 0 ? text.length() : end + 1;
      lines.add(text.substring(from, next));
      from = next;
    }
    return lines;
  }

  private static String withoutEnd(String line) {
    return line.substring(0, line.length() - end(line).length());
  }

  private static String end(String line) {
    return line.endsWith("\n") ? "\n" : "";
  }
}
