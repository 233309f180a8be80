/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.Optional;
import java.util.Set;

/** Selects the driver of a rootless user without an own file: getRootlessStorageOpts. */
final class RootlessDriver {
  private static final Set<String> ROOTLESS_DRIVERS = Set.of("btrfs", "overlay", "overlay2", "vfs");

  private final StorageRequest request;
  private final Folders folders;

  RootlessDriver(StorageRequest request, Folders folders) {
    this.request = request;
    this.folders = folders;
  }

  /** Returns the driver of a rootless user with a system file; empty if a priority decides. */
  Optional<Setting> of(LegacyOptions system) {
    Optional<Setting> named = named(system);
    return named.isPresent() || !system.settings().driverPriority().isEmpty()
        ? named
        : Optional.of(new Setting(usualDriver(system), Optional.empty()));
  }

  /** Returns the driver that the environment or the file names, if it can run rootless. */
  Optional<Setting> named(LegacyOptions system) {
    return LegacyOptions.environmentDriver(request)
        .or(() -> system.driver().filter(known -> ROOTLESS_DRIVERS.contains(known.value())))
        .map(LegacyOptions::withoutTheTwo);
  }

  /** Returns the driver in use, or the one that the machine supports at first sight. */
  private String usualDriver(LegacyOptions system) {
    if (!request.engine().has(Step.OVERLAY_BY_DEFAULT)) {
      return "vfs";
    }
    String graphroot =
        folders
            .of(
                system
                    .settings()
                    .text(KnownKeys.ROOTLESS_STORAGE_PATH)
                    .map(TomlEntry::setting)
                    .orElseGet(folders::graphroot))
            .value();
    return DriverSupport.DRIVERS.stream()
        .filter(driver -> request.support().isFolder(graphroot + "/" + driver + "-images"))
        .findFirst()
        .orElse(request.support().rootlessOverlay() ? "overlay" : "vfs");
  }
}
