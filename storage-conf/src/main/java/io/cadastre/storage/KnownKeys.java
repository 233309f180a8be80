/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The keys of an edition, by table, with their types: the fields of TomlConfig. */
final class KnownKeys {
  static final String DRIVER = "storage.driver";
  static final String DRIVER_PRIORITY = "storage.driver_priority";
  static final String RUNROOT = "storage.runroot";
  static final String GRAPHROOT = "storage.graphroot";
  static final String IMAGESTORE = "storage.imagestore";
  static final String ROOTLESS_STORAGE_PATH = "storage.rootless_storage_path";
  static final String TRANSIENT_STORE = "storage.transient_store";
  static final String OPTIONS = "storage.options";
  static final String FORCE_MASK = OPTIONS + ".force_mask";
  static final String DISABLE_VOLATILE = OPTIONS + ".disable-volatile";
  static final String IMAGE_STORES = "additionalimagestores";
  static final String LAYER_STORES = "additionallayerstores";

  /** The type of a key's value. */
  enum Type {
    TEXT,
    FLAG,
    /** An integer that fits into 32 bits. */
    NUMBER,
    TEXTS,
    TABLE
  }

  private static final List<String> OVERLAY =
      List.of(
          "ignore_chown_errors",
          "mountopt",
          "mount_program",
          "size",
          "inodes",
          "skip_mount_home",
          "force_mask");

  private static final String[] THINPOOL = {
    "autoextend_percent",
    "autoextend_threshold",
    "basesize",
    "blocksize",
    "directlvm_device",
    "directlvm_device_force",
    "fs",
    "log_level",
    "metadatasize",
    "min_free_space",
    "mkfsarg",
    "mountopt",
    "size",
    "use_deferred_deletion",
    "use_deferred_removal",
    "xfs_nospace_max_retries"
  };

  private final Map<String, Map<String, Type>> tables = new HashMap<>();

  private KnownKeys() {}

  static KnownKeys of(Engine engine) {
    KnownKeys keys = common();
    if (!engine.has(Step.NO_REMAP)) {
      keys.texts(OPTIONS, "remap-uids", "remap-gids", "remap-user", "remap-group");
    }
    if (!engine.has(Step.NO_AUFS)) {
      keys.texts(OPTIONS + ".aufs", "mountopt");
    }
    if (!engine.has(Step.NO_THINPOOL)) {
      keys.texts(OPTIONS + ".thinpool", THINPOOL);
    }
    if (engine.has(Step.TRANSIENT_STORE)) {
      keys.add(TRANSIENT_STORE, Type.FLAG);
    }
    if (engine.has(Step.DRIVER_PRIORITY)) {
      keys.add(DRIVER_PRIORITY, Type.TEXTS);
    }
    if (engine.has(Step.IMAGESTORE)) {
      keys.add(IMAGESTORE, Type.TEXT);
      keys.texts(OPTIONS, "imagestore");
    }
    if (engine.has(Step.COMPOSEFS)) {
      keys.texts(OPTIONS, "use_composefs");
      keys.texts(OPTIONS + ".overlay", "use_composefs");
    }
    if (engine.has(Step.SYNC)) {
      keys.texts(OPTIONS + ".overlay", "sync");
      keys.texts(OPTIONS + ".vfs", "sync");
    }
    return keys;
  }

  private static KnownKeys common() {
    KnownKeys keys = new KnownKeys();
    keys.texts("storage", "driver", "runroot", "graphroot", "rootless_storage_path");
    keys.add(OPTIONS + "." + IMAGE_STORES, Type.TEXTS);
    keys.add(OPTIONS + "." + LAYER_STORES, Type.TEXTS);
    keys.texts(
        OPTIONS,
        "size",
        "ignore_chown_errors",
        "root-auto-userns-user",
        "skip_mount_home",
        "mount_program",
        "mountopt");
    keys.add(FORCE_MASK, Type.NUMBER);
    keys.add(OPTIONS + ".auto-userns-min-size", Type.NUMBER);
    keys.add(OPTIONS + ".auto-userns-max-size", Type.NUMBER);
    keys.add(DISABLE_VOLATILE, Type.FLAG);
    OVERLAY.forEach(key -> keys.texts(OPTIONS + ".overlay", key));
    keys.texts(OPTIONS + ".vfs", "ignore_chown_errors");
    keys.texts(OPTIONS + ".btrfs", "min_space", "size");
    keys.texts(OPTIONS + ".zfs", "mountopt", "fsname", "size");
    // An empty table of a driver that is gone is no finding.
    keys.texts(OPTIONS + ".aufs");
    keys.texts(OPTIONS + ".thinpool");
    // A table of texts with arbitrary keys.
    keys.texts(OPTIONS + ".pull_options");
    return keys;
  }

  private void texts(String table, String... keys) {
    addTable(table);
    for (String key : keys) {
      add(table + "." + key, Type.TEXT);
    }
  }

  private void add(String name, Type type) {
    int dot = name.lastIndexOf('.');
    addTable(name.substring(0, dot)).put(name.substring(dot + 1), type);
  }

  private Map<String, Type> addTable(String table) {
    int dot = table.lastIndexOf('.');
    Map<String, Type> parent =
        dot < 0
            ? tables.computeIfAbsent("", root -> new HashMap<>())
            : addTable(table.substring(0, dot));
    parent.put(table.substring(dot + 1), Type.TABLE);
    return tables.computeIfAbsent(table, name -> new HashMap<>());
  }

  /**
   * Returns the key in the spelling of the edition. Go's decoder prefers the exact spelling and
   * then ignores case.
   */
  Optional<String> spelling(String table, String written) {
    Map<String, Type> known = tables.getOrDefault(table, Map.of());
    if (known.containsKey(written)) {
      return Optional.of(written);
    }
    return known.keySet().stream().filter(key -> key.equalsIgnoreCase(written)).findFirst();
  }

  /** Returns the type of a key in the spelling of the edition. */
  Type type(String table, String key) {
    Type type = tables.getOrDefault(table, Map.of()).get(key);
    if (type == null) {
      throw new IllegalArgumentException(
          "no key %s in %s".formatted(key.toLowerCase(Locale.ROOT), table));
    }
    return type;
  }
}
