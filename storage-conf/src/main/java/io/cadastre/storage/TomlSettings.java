/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What files say together, the later the stronger, as Go's decoder merges them into one TomlConfig.
 * Every edition reads through it; {@code legacy} reads one file.
 */
final class TomlSettings {
  private final Map<String, TomlEntry> texts = new HashMap<>();
  private final Map<String, List<TomlEntry>> lists = new HashMap<>();
  private final Set<String> appending = new HashSet<>();
  private final List<TomlEntry> entries = new ArrayList<>();
  private final List<UnusedSetting> unknown = new ArrayList<>();

  /** Merges a file into what the files before it said. */
  void merge(StorageText file) {
    unknown.addAll(file.unknown());
    entries.addAll(file.entries());
    // The attribute stays with the list for all files that follow.
    appending.addAll(file.appending());
    appending.removeAll(file.replacing());
    for (String list : file.lists()) {
      if (!appending.contains(list)) {
        lists.remove(list);
      }
    }
    for (TomlEntry entry : file.entries()) {
      if (file.lists().contains(entry.name())) {
        lists.computeIfAbsent(entry.name(), name -> new ArrayList<>()).add(entry);
      } else {
        texts.put(entry.name(), entry);
      }
    }
  }

  /** The entry in force; one that says an empty text is none. */
  Optional<TomlEntry> text(String name) {
    return Optional.ofNullable(texts.get(name)).filter(entry -> !entry.blank());
  }

  /** The elements in force. */
  List<TomlEntry> list(String name) {
    return lists.getOrDefault(name, List.of());
  }

  /** Every entry of every file. */
  List<TomlEntry> entries() {
    return entries;
  }

  /** The keys that the edition does not know. */
  List<UnusedSetting> unknown() {
    return unknown;
  }
}
