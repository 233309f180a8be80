/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/**
 * A storage.conf that is changed: it keeps every setting of a file, also those that this edition
 * does not know, and every change has a reason, which becomes a comment. The comments of the file
 * are lost. Not thread-safe.
 */
public final class StorageEdit {
  private final Map<String, Object> top;
  private final Map<List<String>, String> comments = new HashMap<>();
  private final List<String> notes = new ArrayList<>();

  private StorageEdit(Map<String, Object> top) {
    this.top = top;
  }

  /** Returns the edit of an empty file. */
  public static StorageEdit empty() {
    return new StorageEdit(new LinkedHashMap<>());
  }

  /** Returns the edit of a file; empty if it is no TOML, and nothing in it can be kept. */
  public static Optional<StorageEdit> of(StorageFile file, Engine engine) {
    try {
      KnownKeys keys = KnownKeys.of(engine);
      return Optional.of(new StorageEdit(table(TomlText.parse(file, engine), "", keys)));
    } catch (StorageRefused e) {
      return Optional.empty();
    }
  }

  /** Returns whether no setting is left. */
  public boolean isEmpty() {
    return isEmpty(top);
  }

  /** Returns whether a key has a value. */
  public boolean has(String name) {
    return holder(path(name), false).filter(table -> table.containsKey(last(name))).isPresent();
  }

  /** Returns whether a key has this value. */
  public boolean is(String name, String value) {
    return holder(path(name), false)
        .filter(table -> value.equals(table.get(last(name))))
        .isPresent();
  }

  /**
   * Sets a key.
   *
   * @param name the key with its table: {@code storage.options.size}
   * @param why the reason, for the comment above the key
   */
  public void set(String name, String value, String why) {
    holder(path(name), true).orElseThrow().put(last(name), value);
    comments.put(path(name), why);
  }

  /** Removes a key, if it is set, and notes the reason. */
  public void leaveOut(String name, String why) {
    leaveOut(new TomlWriter.Written(path(name), Optional.empty()), why);
  }

  /**
   * Removes what {@link #text} writes in a line: a key, or one element of a list.
   *
   * @param line counted from 1
   * @return the name of the key; empty if the line has none
   */
  public Optional<String> leaveOut(int line, String why) {
    TomlWriter writer = written();
    writer.at(line).ifPresent(written -> leaveOut(written, why));
    return writer.at(line).map(written -> String.join(".", written.path()));
  }

  /** Returns the name of the key that {@link #text} writes in a line, counted from 1. */
  public Optional<String> at(int line) {
    return written().at(line).map(written -> String.join(".", written.path()));
  }

  /** Adds a comment at the top of the file. */
  public void note(String words) {
    if (!notes.contains(words)) {
      notes.add(words);
    }
  }

  /** Returns the text of the file. */
  public String text() {
    return written().text();
  }

  private TomlWriter written() {
    TomlWriter writer = new TomlWriter(comments);
    notes.forEach(writer::comment);
    writer.table(List.of(), top);
    return writer;
  }

  private void leaveOut(TomlWriter.Written what, String why) {
    String key = what.path().get(what.path().size() - 1);
    Optional<Map<String, Object>> holder = holder(what.path(), false);
    Object value = holder.map(table -> table.get(key)).orElse(null);
    if (value == null) {
      return;
    }
    Object gone = value;
    if (value instanceof List<?> list && list.size() > 1 && what.element().isPresent()) {
      List<Object> rest = new ArrayList<>(list);
      gone = Objects.requireNonNull(rest.remove(what.element().get().intValue()));
      holder.orElseThrow().put(key, rest);
    } else {
      holder.orElseThrow().remove(key);
    }
    note("Left out: %s = %s: %s".formatted(key, gone, why));
  }

  private Optional<Map<String, Object>> holder(List<String> path, boolean create) {
    Map<String, Object> table = top;
    for (String key : path.subList(0, path.size() - 1)) {
      Object inner = table.get(key);
      if (!(inner instanceof Map) && create) {
        inner = new LinkedHashMap<String, Object>();
        table.put(key, inner);
      }
      if (!(inner instanceof Map)) {
        return Optional.empty();
      }
      table = tableOf(inner);
    }
    return Optional.of(table);
  }

  @SuppressWarnings("unchecked") // every map in the tree is made by table() or holder()
  private static Map<String, Object> tableOf(Object map) {
    return (Map<String, Object>) map;
  }

  private static List<String> path(String name) {
    return List.of(name.split("\\.", -1));
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static boolean isEmpty(Map<?, ?> table) {
    return table.values().stream().allMatch(v -> v instanceof Map<?, ?> inner && isEmpty(inner));
  }

  private static Map<String, Object> table(TomlTable from, String name, KnownKeys keys) {
    Map<String, Object> table = new LinkedHashMap<>();
    for (String key : from.keySet()) {
      Object value = from.get(List.of(key));
      String known = keys.spelling(name, key).orElse(key);
      if (value != null) {
        table.put(known, value(value, name.isEmpty() ? known : name + "." + known, keys));
      }
    }
    return table;
  }

  private static Object value(Object from, String name, KnownKeys keys) {
    if (from instanceof TomlTable inner) {
      return table(inner, name, keys);
    } else if (from instanceof TomlArray array) {
      List<Object> list = new ArrayList<>();
      for (int i = 0; i < array.size(); i++) {
        list.add(value(array.get(i), name, keys));
      }
      return list;
    }
    return from;
  }
}
