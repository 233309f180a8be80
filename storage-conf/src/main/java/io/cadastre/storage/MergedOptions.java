/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The driver options of the {@code merged} rules, in the order of container-libs: the general ones
 * without a prefix, then the own ones of every driver with its name.
 */
final class MergedOptions {
  private static final List<String> GENERAL =
      List.of("size", "mount_program", "skip_mount_home", IgnoreChownErrors.KEY);
  private static final List<String> DRIVERS =
      List.of(
          "btrfs.min_space",
          "btrfs.size",
          "overlay.ignore_chown_errors",
          "overlay.mount_program",
          "overlay.mountopt",
          "overlay.size",
          "overlay.inodes",
          "overlay.skip_mount_home",
          "overlay.force_mask",
          "overlay.use_composefs",
          "overlay.sync",
          "vfs.ignore_chown_errors",
          "vfs.sync",
          "zfs.fsname",
          "zfs.mountopt",
          "zfs.size");

  private MergedOptions() {}

  static List<DriverOption> of(TomlSettings settings) {
    List<DriverOption> options = new ArrayList<>();
    for (TomlEntry store : settings.list(KnownKeys.OPTIONS + "." + KnownKeys.IMAGE_STORES)) {
      options.add(new DriverOption("imagestore", store.value(), store.place()));
    }
    for (TomlEntry store : settings.list(KnownKeys.OPTIONS + "." + KnownKeys.LAYER_STORES)) {
      options.add(new DriverOption("additionallayerstore", store.value(), store.place()));
    }
    GENERAL.forEach(key -> add(options, key, settings));
    Optional<TomlEntry> mask = settings.text(KnownKeys.FORCE_MASK);
    mask.ifPresent(
        entry ->
            options.add(
                new DriverOption(
                    entry.key(),
                    Long.toOctalString(Long.parseLong(entry.value())),
                    entry.place())));
    add(options, "mountopt", settings);
    DRIVERS.forEach(name -> add(options, name, settings));
    return options;
  }

  private static void add(List<DriverOption> options, String name, TomlSettings settings) {
    settings
        .text(KnownKeys.OPTIONS + "." + name)
        .ifPresent(entry -> options.add(new DriverOption(name, entry.value(), entry.place())));
  }
}
