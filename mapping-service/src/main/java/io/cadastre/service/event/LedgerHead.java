/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.event;

import java.time.Instant;
import java.util.UUID;

/**
 * The last change and the last event of the ledger.
 *
 * @param uuid the id of the ledger
 * @param serial the number of the last change to anything that the snapshot shows
 * @param revision the number of the last change to anything; it moves with every event, usually by
 *     one
 * @param lastEvent the number of the last event, 0 if there is none
 * @param lastEventAt the time of the last event
 * @param hash the hash of the last event, empty if there is none
 */
public record LedgerHead(
    UUID uuid, long serial, long revision, long lastEvent, Instant lastEventAt, String hash) {

  /** Whether the ledger has lost events since this head was seen, or has others. */
  public boolean isBehind(LedgerHead seen) {
    return lastEvent < seen.lastEvent || (lastEvent == seen.lastEvent && !hash.equals(seen.hash));
  }
}
