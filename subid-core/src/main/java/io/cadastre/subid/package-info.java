/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The vocabulary of subordinate IDs that the service and the node share: ranges, owners, pools,
 * allocations, reserved IDs and names, findings, the subuid(5) codec, the snapshot, and the
 * escaping of text for people.
 *
 * <p>Every type is an immutable value or a pure function. The package uses no network, no database,
 * no framework and no file, and imports no other package of Cadastre.
 */
package io.cadastre.subid;
