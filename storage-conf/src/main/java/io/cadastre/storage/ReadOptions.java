/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.List;
import java.util.Optional;

/**
 * The options as the driver reads them. Of two with one name the later one applies; a value that
 * does not parse is refused in every place.
 *
 * @param ignoreChownErrors what the driver does when a chown fails
 * @param imageStores the read-only image stores
 * @param mountProgram the program that mounts overlay; empty if the kernel does
 * @param forceMask the place of a force_mask
 * @param quota the place of a limit on size or inodes
 */
record ReadOptions(
    IgnoreChownErrors ignoreChownErrors,
    List<Setting> imageStores,
    String mountProgram,
    Optional<SettingPlace> forceMask,
    Optional<SettingPlace> quota) {

  /** Returns the values without any option. */
  static ReadOptions none() {
    return new ReadOptions(
        IgnoreChownErrors.NONE, List.of(), "", Optional.empty(), Optional.empty());
  }

  /** Reads the options of the draft as the driver of this name does. */
  static ReadOptions read(StorageDraft draft, String driver, StorageRequest request)
      throws StorageRefused {
    OptionReader reader = new OptionReader(driver, request);
    for (DriverOption option : draft.options()) {
      Optional<String> key = OptionNames.key(option, driver, request.engine());
      if (key.isPresent()) {
        reader.read(key.get(), option);
      }
    }
    return new ReadOptions(
        reader.ignoreChownErrors,
        List.copyOf(reader.imageStores),
        reader.mountProgram,
        reader.forceMask,
        reader.quota);
  }
}
