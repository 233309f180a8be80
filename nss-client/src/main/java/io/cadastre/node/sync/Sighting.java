/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.subid.EventHead;
import io.cadastre.subid.Witness;
import java.time.Instant;
import java.util.UUID;

/**
 * What a sync was told of the event log.
 *
 * @param ledger the ledger of the snapshot
 * @param head its newest event
 * @param isNew whether the snapshot has another serial than the one before, or is the first
 */
record Sighting(UUID ledger, EventHead head, boolean isNew) {
  Witness at(Instant now) {
    return new Witness(ledger, head, now);
  }
}
