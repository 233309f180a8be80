/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The rules of containers/storage. From the texts of the storage.conf files, the environment and
 * the user they compute the settings that Podman uses, each with its place. The package is pure: it
 * reads no file and no environment, and it does not know {@code fitness}. No other package imports
 * the TOML parser.
 */
package io.cadastre.storage;
