/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The rules of containers/storage: from the texts of the storage.conf files, the environment and
 * the user to the settings that Podman will use, with the place each came from. Pure: it reads no
 * file and no environment. It alone may import the TOML parser.
 */
package io.cadastre.storage;
