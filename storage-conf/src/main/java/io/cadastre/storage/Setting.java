/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.Optional;

/**
 * A setting in force.
 *
 * @param value what counts, variables and symbolic links followed where it is a path
 * @param place where it was said; empty for a default
 */
public record Setting(String value, Optional<SettingPlace> place) {}
