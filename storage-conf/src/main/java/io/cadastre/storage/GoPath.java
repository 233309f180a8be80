/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** Handles paths and variables as Go's path/filepath and os.ExpandEnv do. */
final class GoPath {
  private static final String SPECIAL = "*#$@!?-0123456789";

  private GoPath() {}

  static boolean isAbsolute(String path) {
    return path.startsWith("/");
  }

  /** Returns the shortest equivalent path, without reading the disk. */
  static String clean(String path) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/", -1)) {
      boolean up = part.equals("..");
      boolean above = parts.isEmpty() || parts.getLast().equals("..");
      if (up && !above) {
        parts.removeLast();
      } else if (up ? !isAbsolute(path) : !part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    String joined = String.join("/", parts);
    if (isAbsolute(path)) {
      return "/" + joined;
    }
    return joined.isEmpty() ? "." : joined;
  }

  /** Replaces {@code $NAME} and <code>${NAME}</code>; an unset variable becomes empty text. */
  static String expand(String text, Map<String, String> environment) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != '$' || at + 1 == text.length()) {
        out.append(c);
        at++;
        continue;
      }
      int end = nameEnd(text, at + 1);
      String name = text.substring(at + 1, end);
      if (name.isEmpty()) {
        out.append(c);
      } else if (name.charAt(0) == '{') {
        out.append(environment.getOrDefault(bare(name), ""));
      } else {
        out.append(environment.getOrDefault(name, ""));
      }
      at = end;
    }
    return out.toString();
  }

  private static String bare(String braced) {
    return braced.endsWith("}") ? braced.substring(1, braced.length() - 1) : "";
  }

  /** Returns the end of the name that begins here. Go drops a broken <code>${</code>. */
  private static int nameEnd(String text, int from) {
    if (text.charAt(from) == '{') {
      if (from + 2 < text.length()
          && SPECIAL.indexOf(text.charAt(from + 1)) >= 0
          && text.charAt(from + 2) == '}') {
        return from + 3;
      }
      int close = text.indexOf('}', from + 1);
      return close < 0 ? from + 1 : close + 1;
    }
    if (SPECIAL.indexOf(text.charAt(from)) >= 0) {
      return from + 1;
    }
    int end = from;
    while (end < text.length() && isNamePart(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isNamePart(char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
