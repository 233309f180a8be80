/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The vocabulary of subordinate IDs and the rules that the service and the node share: ranges,
 * owners, pools, allocations, the subuid(5) codec and the snapshot.
 *
 * <p>Everything here is a value or a pure function. The package knows no network, no database, no
 * framework and no file.
 */
package io.cadastre.subid;
