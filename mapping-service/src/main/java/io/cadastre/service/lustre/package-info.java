/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Renders the nodemap commands that a Lustre file system needs for subordinate IDs. Pure: takes
 * allocations, returns text, and imports no other package of the service.
 */
package io.cadastre.service.lustre;
