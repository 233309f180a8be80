/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.List;
import java.util.Optional;

/**
 * The settings that Podman uses. Immutable.
 *
 * @param files the files that Podman reads, in order
 * @param driver the storage driver
 * @param graphroot the folder of images and containers
 * @param runroot the folder of the state of running containers
 * @param imagestore the folder of images, if it is not graphroot
 * @param additionalImageStores the read-only image stores of the driver
 * @param options the options for the driver, in order; of two with one name the later one applies
 * @param ignoreChownErrors what the driver does when a chown fails
 */
public record EffectiveStorage(
    List<String> files,
    Setting driver,
    Setting graphroot,
    Setting runroot,
    Optional<Setting> imagestore,
    List<Setting> additionalImageStores,
    List<DriverOption> options,
    IgnoreChownErrors ignoreChownErrors) {
  /** Copies the lists. */
  public EffectiveStorage {
    files = List.copyOf(files);
    additionalImageStores = List.copyOf(additionalImageStores);
    options = List.copyOf(options);
  }
}
