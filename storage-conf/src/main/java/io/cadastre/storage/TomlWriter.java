/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import io.cadastre.subid.Printable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes a tree of maps, lists and values as TOML 1.0, one element of a list a line, and remembers
 * the line of each. The escapes of {@link Printable} are those of TOML. Not thread-safe.
 */
final class TomlWriter {
  private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_-]+");

  private final Map<List<String>, String> comments;
  private final StringBuilder text = new StringBuilder();
  private final Map<Integer, Written> places = new HashMap<>();
  private int lines;

  /**
   * What is in a line.
   *
   * @param path the keys from the top table to this one
   * @param element the number of the element of a list, from 0
   */
  record Written(List<String> path, Optional<Integer> element) {}

  /** Creates a writer with a comment for some keys, which stands above the key. */
  TomlWriter(Map<List<String>, String> comments) {
    this.comments = comments;
  }

  void comment(String words) {
    line("# " + Printable.of(words));
  }

  /** Writes a table: its values, then the tables in it, each with its header. */
  void table(List<String> path, Map<String, Object> table) {
    boolean header = false;
    for (Map.Entry<String, Object> entry : table.entrySet()) {
      if (!(entry.getValue() instanceof Map)) {
        if (!header && !path.isEmpty()) {
          if (!places.isEmpty()) {
            line("");
          }
          line(path.stream().map(TomlWriter::key).collect(Collectors.joining(".", "[", "]")));
          header = true;
        }
        entry(below(path, entry.getKey()), entry.getValue());
      }
    }
    for (Map.Entry<String, Object> entry : table.entrySet()) {
      if (entry.getValue() instanceof Map<?, ?> inner) {
        table(below(path, entry.getKey()), texts(inner));
      }
    }
  }

  /** Returns what was written in a line, counted from 1; empty for a header or a comment. */
  Optional<Written> at(int line) {
    return Optional.ofNullable(places.get(line));
  }

  String text() {
    return text.toString();
  }

  private void entry(List<String> path, Object value) {
    Optional.ofNullable(comments.get(path)).ifPresent(this::comment);
    String key = key(path.get(path.size() - 1));
    if (value instanceof List<?> list && list.size() > 1) {
      line(key + " = [");
      for (int i = 0; i < list.size(); i++) {
        line("  " + value(path, list.get(i)) + ",");
        places.put(lines, new Written(path, Optional.of(i)));
      }
      line("]");
      return;
    }
    line(key + " = " + value(path, value));
    places.put(lines, new Written(path, value instanceof List ? Optional.of(0) : Optional.empty()));
  }

  private static String value(List<String> path, Object value) {
    if (value instanceof String string) {
      return "\"%s\"".formatted(Printable.of(string).replace("\"", "\\\""));
    } else if (value instanceof List<?> list) {
      return list.stream()
          .map(element -> value(path, element))
          .collect(Collectors.joining(", ", "[", "]"));
    } else if (value instanceof Map<?, ?> map) {
      return texts(map).entrySet().stream()
          .map(entry -> key(entry.getKey()) + " = " + value(path, entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    } else if (value instanceof Long mask && String.join(".", path).equals(KnownKeys.FORCE_MASK)) {
      return "0o%o".formatted(mask);
    }
    // Java leaves out seconds that are zero, which TOML 1.0 requires.
    return value.toString().replaceFirst("^([0-9-]*T?[0-9]{2}:[0-9]{2})(?=[Z+-]|$)", "$1:00");
  }

  private static String key(String key) {
    return BARE.matcher(key).matches() ? key : value(List.of(), key);
  }

  private static List<String> below(List<String> path, String key) {
    List<String> below = new ArrayList<>(path);
    below.add(key);
    return List.copyOf(below);
  }

  private static Map<String, Object> texts(Map<?, ?> map) {
    return map.entrySet().stream()
        .collect(
            Collectors.toMap(
                entry -> String.valueOf(entry.getKey()),
                Map.Entry::getValue,
                (a, b) -> b,
                LinkedHashMap::new));
  }

  private void line(String line) {
    text.append(line).append('\n');
    lines++;
  }
}
