/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Rewrites edited tables from the events, and records that as an event, in one transaction. To be
 * run while no service has the ledger open.
 */
public final class Settlement {
  /**
   * A serial or revision in the edited row is kept if it is higher by at most this: nodes or the
   * directory may have seen it.
   */
  private static final long REACH = 1_000_000;

  private static final String REMEDY =
      "the chain of events is broken: %s. The tables cannot be rewritten from it. Restore a backup of the ledger's file or replay an event export; if there is neither, rebuild the ledger by \"cadastre rebuild-from-directory CONFIG\": docs/backup.md";

  private final Ledger ledger;
  private final Clock clock;

  /** A settlement of this ledger. */
  public Settlement(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** The state in the event of a settlement: the number of differences, and the first of them. */
  @JsonPropertyOrder({"differences", "first"})
  record SettleRecord(int differences, List<String> first) {}

  /**
   * Settles the differences; writes nothing if there are none.
   *
   * @param dryRun whether only to report the differences
   * @return the differences before the settlement
   * @throws Refused if the chain of events is broken: the tables may hold more than the events
   */
  public LedgerReport settle(boolean dryRun, AuditContext context) {
    return ledger.writeRows(
        handle -> {
          LedgerHead row = new LedgerHeadTable(handle).lock();
          EventFold fold = new EventFold(clock.instant());
          LedgerReport report = LedgerCheck.compare(handle, fold);
          report.broken().ifPresent(Settlement::refuse);
          if (!report.isEqual() && !dryRun) {
            new TableRebuild(handle, fold).run();
            record(handle, fold, row, report, context);
          }
          return report;
        });
  }

  private static void refuse(String why) {
    throw new Refused(RefusalCode.WRONG_STATE, REMEDY.formatted(why));
  }

  private static long furthest(long edited, long known) {
    long lead = edited - known;
    return lead > 0 && lead <= REACH ? edited : known;
  }

  private void record(
      Handle handle, EventFold fold, LedgerHead row, LedgerReport report, AuditContext context) {
    LedgerHead last = fold.head();
    LedgerHead moved =
        new LedgerHead(
            last.uuid(),
            furthest(row.serial(), last.serial()) + 1,
            furthest(row.revision(), last.revision()),
            last.lastEvent(),
            last.lastEventAt(),
            last.hash());
    Instant now = new LedgerHeadTable(handle).reading(ledger.isEmbedded());
    EventWriter events = new EventWriter(handle, moved, now);
    events.add(EventKind.SETTLE, new SettleRecord(report.count(), report.differences()), context);
    events.write();
    long settled = events.head().lastEvent();
    new OutboxTable(handle)
        .mark(report.owners().stream().map(id -> new OutboxEntry(id, settled)).toList(), now);
  }
}
