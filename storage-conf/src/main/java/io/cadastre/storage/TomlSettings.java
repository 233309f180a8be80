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
 * The merged entries of files: a later file overrides an earlier one, as Go's decoder merges them
 * into one TomlConfig. {@code legacy} merges one file only. Not thread-safe.
 */
final class TomlSettings {
  private final Map<String, TomlEntry> texts = new HashMap<>();
  private final Map<String, List<TomlEntry>> lists = new HashMap<>();
  private final Set<String> appending = new HashSet<>();
  private final List<TomlEntry> entries = new ArrayList<>();
  private final List<UnusedSetting> unknown = new ArrayList<>();

  /** Merges a file into the entries of the files before it. */
  void merge(StorageText file) {
    unknown.addAll(file.unknown());
    entries.addAll(file.entries());
    // The attribute applies to the list in all later files.
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

  /** Returns the last entry with this name, unless it is blank. */
  Optional<TomlEntry> text(String name) {
    return Optional.ofNullable(texts.get(name)).filter(entry -> !entry.blank());
  }

  /** Returns the elements of a list. */
  List<TomlEntry> list(String name) {
    return lists.getOrDefault(name, List.of());
  }

  /** Returns the drivers to try in turn if none is set; empty for Podman's own order. */
  List<String> driverPriority() {
    return list(KnownKeys.DRIVER_PRIORITY).stream().map(TomlEntry::value).toList();
  }

  /** Returns every entry of every file. */
  List<TomlEntry> entries() {
    return entries;
  }

  /** Returns the keys that the edition does not know. */
  List<UnusedSetting> unknown() {
    return unknown;
  }
}
