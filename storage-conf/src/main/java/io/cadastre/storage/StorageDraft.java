/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.List;
import java.util.Optional;

/**
 * The settings from the files and the environment, before the driver reads its options.
 *
 * @param files the files that Podman reads
 * @param systemFile whether the settings are those that a rootless user gets from a system file
 * @param driver the driver; empty if Podman has to select one
 * @param priority the drivers to try in turn if none is set; empty for Podman's own order
 * @param graphroot absolute
 * @param runroot absolute
 * @param imagestore the separate folder for images
 * @param options the options for the driver, in order
 * @param settings all entries of the files
 */
record StorageDraft(
    List<String> files,
    boolean systemFile,
    Optional<Setting> driver,
    List<String> priority,
    Setting graphroot,
    Setting runroot,
    Optional<Setting> imagestore,
    List<DriverOption> options,
    TomlSettings settings) {

  /**
   * Returns the draft with the driver of libpod's database. The options keep the prefix of the
   * driver in the files, as in mergeDBConfig of Podman.
   */
  StorageDraft withRecordedDriver(Optional<String> recorded) {
    if (recorded.isEmpty() || driver.map(Setting::value).equals(recorded)) {
      return this;
    }
    return new StorageDraft(
        files,
        systemFile,
        recorded.map(name -> new Setting(name, Optional.empty())),
        priority,
        graphroot,
        runroot,
        imagestore,
        options,
        settings);
  }
}
