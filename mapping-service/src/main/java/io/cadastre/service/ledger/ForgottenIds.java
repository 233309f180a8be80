/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.EventKind;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;

/**
 * Real IDs that were forgotten, as the event carries it.
 *
 * @param first the first ID of the range that was asked for
 * @param last the last, inclusive
 * @param uids how many uids of it were gone and are forgotten
 * @param gids how many gids
 */
@JsonPropertyOrder({"first", "last", "uids", "gids"})
public record ForgottenIds(long first, long last, int uids, int gids) {

  /** Forgets the IDs of the range that are gone, and records that as an event. */
  public static ForgottenIds of(
      LedgerTransaction transaction, IdRange range, AuditContext context) {
    RealIdTable known = transaction.realIds();
    ForgottenIds forgotten =
        new ForgottenIds(
            range.start(),
            range.last(),
            known.forget(IdType.SUBUID, range),
            known.forget(IdType.SUBGID, range));
    transaction.note(EventKind.FORGET_IDS, forgotten, context);
    return forgotten;
  }
}
