/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * The entries of one file, decoded as Go decodes TomlConfig. Unknown keys are kept apart; a value
 * of the wrong type is refused.
 *
 * @param entries the entries in the order of their lines; each element of a list is an entry
 * @param lists the names of the lists in the file, also of empty ones
 * @param appending the lists with {@code {append=true}}, {@code merged} only
 * @param replacing the lists with {@code {append=false}}, {@code merged} only
 * @param unknown the keys that the edition does not know
 */
record StorageText(
    List<TomlEntry> entries,
    List<String> lists,
    List<String> appending,
    List<String> replacing,
    List<UnusedSetting> unknown) {

  static StorageText read(StorageFile file, Engine engine) throws StorageRefused {
    Decoder decoder = new Decoder(file.path(), engine);
    decoder.table(TomlText.parse(file, engine), "");
    return decoder.text;
  }

  private static final class Decoder {
    private final String path;
    private final Engine engine;
    private final KnownKeys keys;
    private final StorageText text =
        new StorageText(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());

    Decoder(String path, Engine engine) {
      this.path = path;
      this.engine = engine;
      this.keys = KnownKeys.of(engine);
    }

    void table(TomlTable table, String name) throws StorageRefused {
      for (String key : table.keySet()) {
        List<String> only = List.of(key);
        Object value = table.get(only);
        TomlPosition position = table.inputPositionOf(only);
        SettingPlace place = new SettingPlace(path, position == null ? 1 : position.line(), name);
        Optional<String> spelling = keys.spelling(name, key);
        if (spelling.isPresent() && value != null) {
          value(name, spelling.get(), value, place);
        } else if (value != null && name.equals(KnownKeys.OPTIONS + ".pull_options")) {
          text(name + "." + key, value, place);
        } else if (value != null) {
          text.unknown.add(
              new UnusedSetting(key, shown(value), place, UnusedSetting.Why.UNKNOWN_KEY));
        }
      }
    }

    private void value(String table, String key, Object value, SettingPlace place)
        throws StorageRefused {
      String name = table.isEmpty() ? key : table + "." + key;
      switch (keys.type(table, key)) {
        case TEXT -> text(name, value, place);
        case FLAG -> flag(name, value, place);
        case NUMBER -> number(name, value, place);
        case TEXTS -> list(name, value, place);
        case TABLE -> {
          if (value instanceof TomlTable inner) {
            table(inner, name);
          } else if (!name.endsWith(".pull_options")) {
            // Go's decoder ignores a value that is no table if it expects a map.
            throw wrongType(name, value, "a table", place);
          }
        }
      }
    }

    private void text(String name, Object value, SettingPlace place) throws StorageRefused {
      if (!(value instanceof String string)) {
        throw wrongType(name, value, "a string, in quotes", place);
      }
      add(name, string, place);
    }

    private void flag(String name, Object value, SettingPlace place) throws StorageRefused {
      if (!(value instanceof Boolean)) {
        throw wrongType(name, value, "true or false, without quotes", place);
      }
      add(name, value.toString(), place);
    }

    private void number(String name, Object value, SettingPlace place) throws StorageRefused {
      if (!(value instanceof Long number) || number < 0 || number > 0xFFFF_FFFFL) {
        throw wrongType(name, value, "an integer from 0 to 4294967295, without quotes", place);
      }
      add(name, value.toString(), place);
    }

    private void list(String name, Object value, SettingPlace place) throws StorageRefused {
      if (!(value instanceof TomlArray array)) {
        throw wrongType(name, value, "a list of strings", place);
      }
      text.lists.add(name);
      for (int i = 0; i < array.size(); i++) {
        Object element = array.get(i);
        SettingPlace at = new SettingPlace(path, array.inputPositionOf(i).line(), place.table());
        if (engine.has(Step.APPENDING_LISTS) && element instanceof TomlTable attributes) {
          append(name, attributes, at);
        } else if (element instanceof String string) {
          add(name, string, at);
        } else {
          throw wrongType(name, element, "a list of strings", at);
        }
      }
    }

    /**
     * Reads {@code ["a", {append=true}]}, which adds to the list of earlier files instead of
     * replacing it.
     */
    private void append(String name, TomlTable attributes, SettingPlace place)
        throws StorageRefused {
      for (String key : attributes.keySet()) {
        Object value = attributes.get(List.of(key));
        if (!key.equals("append") || !(value instanceof Boolean append)) {
          throw wrongType(name, shown(attributes), "strings and {append=true}", place);
        }
        (append ? text.appending : text.replacing).add(name);
      }
    }

    private void add(String name, String value, SettingPlace place) {
      text.entries.add(new TomlEntry(name, value, place));
    }

    private static StorageRefused wrongType(
        String name, Object value, String wanted, SettingPlace place) {
      return new StorageRefused(
          Refusal.Code.WRONG_TYPE,
          "%s: %s is %s, and %s takes %s".formatted(place, shown(value), type(value), name, wanted),
          Optional.of(place));
    }

    private static String type(Object value) {
      if (value instanceof TomlTable) {
        return "a table";
      } else if (value instanceof TomlArray) {
        return "a list";
      } else if (value instanceof String) {
        return "a string";
      } else if (value instanceof Boolean) {
        return "a boolean";
      } else if (value instanceof Long) {
        return "an integer";
      }
      return value instanceof Double ? "a float" : "a date or time";
    }

    private static String shown(Object value) {
      if (value instanceof TomlTable) {
        return "{...}";
      } else if (value instanceof TomlArray) {
        return "[...]";
      }
      String text = value.toString();
      return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }
  }
}
