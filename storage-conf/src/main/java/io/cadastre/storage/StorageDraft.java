/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.List;
import java.util.Optional;

/**
 * What the files and the environment come to, before the driver has seen its options.
 *
 * @param files the files that count
 * @param systemFile whether a rootless user gets a system file's settings, and only some of them
 * @param driver the driver; empty where none is named and Podman looks for one
 * @param priority the drivers to try in turn where none is named; empty for Podman's own order
 * @param graphroot absolute
 * @param runroot absolute
 * @param imagestore a store of its own for images
 * @param options for the driver, in order
 * @param settings all that was read from the files that count
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
    TomlSettings settings) {}
