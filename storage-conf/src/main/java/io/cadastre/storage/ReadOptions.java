/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.List;
import java.util.Optional;

/**
 * The options as the driver in force reads them; of two of one name the later counts, but a text
 * that does not parse is refused wherever it is.
 *
 * @param ignoreChownErrors what it will do about a chown that fails
 * @param imageStores the read-only image stores
 * @param mountProgram the program that mounts overlay; empty for the kernel
 * @param forceMask where a force_mask was said
 * @param quota where a size or a number of inodes was said
 */
record ReadOptions(
    IgnoreChownErrors ignoreChownErrors,
    List<Setting> imageStores,
    String mountProgram,
    Optional<SettingPlace> forceMask,
    Optional<SettingPlace> quota) {

  /** What a driver without options does. */
  static ReadOptions none() {
    return new ReadOptions(
        IgnoreChownErrors.NONE, List.of(), "", Optional.empty(), Optional.empty());
  }

  /** The draft's options, as the driver of this name reads them. */
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
