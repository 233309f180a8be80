/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.event.LedgerHead;
import io.cadastre.subid.Snapshot;

/**
 * A snapshot and the ledger's head at the same moment. Immutable.
 *
 * @param head the head, of the serial of the snapshot
 * @param snapshot the rows
 */
public record HeadedSnapshot(LedgerHead head, Snapshot snapshot) {}
