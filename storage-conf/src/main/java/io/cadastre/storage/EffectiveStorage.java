/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.List;
import java.util.Optional;

/**
 * The settings that Podman will use.
 *
 * @param files the files that count, in the order they are read
 * @param driver the storage driver
 * @param graphroot where images and containers are
 * @param runroot where the state of running containers is
 * @param imagestore where images are, if apart from graphroot; {@code merged} only
 * @param additionalImageStores read-only image stores that the driver will look into
 * @param options everything handed to the driver, in order: of two of one name the later counts
 * @param ignoreChownErrors what the driver will do about a chown that fails
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
