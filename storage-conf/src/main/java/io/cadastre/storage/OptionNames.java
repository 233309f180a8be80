/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds the options that a driver reads, by their names in an edition. */
final class OptionNames {
  private static final Set<String> DRIVERS = Set.of("overlay", "overlay2", "btrfs", "zfs", "vfs");

  private OptionNames() {}

  /** Returns the key of the option for this driver; empty if the option is for another driver. */
  static Optional<String> key(DriverOption option, String driver, Engine engine)
      throws StorageRefused {
    if (!option.hasValue()) {
      throw refused(option, "unable to parse key/value option: " + option.name());
    }
    String name = GoText.trim(option.name()).toLowerCase(Locale.ROOT);
    if (engine.has(Step.MERGED)) {
      return mergedKey(option, name, driver);
    }
    return Optional.of(driver.equals("vfs") ? vfsKey(option, name) : legacyKey(name, driver));
  }

  /** A prefix is the name of a driver, or empty. An option without a prefix is for every driver. */
  private static Optional<String> mergedKey(DriverOption option, String name, String driver)
      throws StorageRefused {
    int dot = name.indexOf('.');
    if (dot < 0) {
      return Optional.of(name);
    }
    String prefix = name.substring(0, dot);
    if (!prefix.isEmpty() && !DRIVERS.contains(prefix)) {
      throw refused(
          option,
          "unknown driver %s in option %s"
              .formatted(GoText.quote(prefix), GoText.quote(option.name() + "=" + option.value())));
    }
    boolean read =
        prefix.isEmpty()
            || prefix.equals(driver)
            || (prefix.equals("overlay2") && driver.equals("overlay"));
    return Optional.of(name.substring(dot + 1)).filter(key -> read);
  }

  /** All drivers but vfs strip their prefixes, and refuse an option of another driver. */
  private static String legacyKey(String name, String driver) {
    String key = name;
    for (String prefix : List.of(driver + ".", driver + "2.", ".")) {
      key = key.startsWith(prefix) ? key.substring(prefix.length()) : key;
    }
    return key;
  }

  /** vfs requires its prefix, or the bare dot from a file without a driver. */
  private static String vfsKey(DriverOption option, String name) throws StorageRefused {
    for (String prefix : List.of("vfs.", ".")) {
      String key = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
      if (key.equals("imagestore")
          || key.equals(IgnoreChownErrors.KEY)
          || name.equals("vfs.mountopt")) {
        return key;
      }
    }
    throw refused(option, "vfs driver does not support %s options".formatted(name));
  }

  static StorageRefused refused(DriverOption option, String reason) {
    return new StorageRefused(Refusal.Code.UNKNOWN_OPTION, reason, Optional.of(option.place()));
  }
}
