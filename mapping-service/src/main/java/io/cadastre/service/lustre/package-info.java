/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Writes the nodemap commands that a Lustre file system needs for subordinate IDs. Pure. */
package io.cadastre.service.lustre;
