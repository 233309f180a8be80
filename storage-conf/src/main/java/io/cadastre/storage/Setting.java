/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.Optional;

/**
 * A setting that Podman uses.
 *
 * @param value the value; in a path, variables are replaced and symbolic links followed
 * @param place the place of the setting; empty for a default
 */
public record Setting(String value, Optional<SettingPlace> place) {}
