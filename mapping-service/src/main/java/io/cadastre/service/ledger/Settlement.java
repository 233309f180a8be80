/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.Event;
import io.cadastre.service.event.EventChain;
import io.cadastre.service.event.EventJson;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Makes the tables what the events say, after somebody has edited them, and records that as an
 * event. To be run while no service has the ledger open. All or nothing.
 */
public final class Settlement {
  /** A raised serial that nodes may have seen is kept, if it is no farther up than this. */
  private static final long SERIAL_REACH = 1_000_000;

  private static final String REMEDY =
      "the chain of events is broken: %s. The tables cannot be rewritten from it. Restore a backup of the ledger's file or replay an event export; if there is neither, rebuild the ledger by \"cadastre rebuild-from-directory\": docs/operations.md, Back up and restore";

  private final Ledger ledger;
  private final Clock clock;

  /** A settlement of this ledger. */
  public Settlement(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** What the event of a settlement says: how many differences there were, and the first ones. */
  @JsonPropertyOrder({"differences", "first"})
  record SettleRecord(int differences, List<String> first) {}

  /**
   * Settles what differs; nothing is written if nothing does.
   *
   * @param dryRun whether only to say what differs
   * @return what differed
   * @throws Refused if the events are not whole: the tables may be all that is left of some
   */
  public LedgerReport settle(boolean dryRun, AuditContext context) {
    LedgerReport[] result = new LedgerReport[1];
    ledger.fill(
        handle -> {
          LedgerHead row = new LedgerHeadTable(handle).locked();
          EventFold fold = new EventFold(clock.instant());
          LedgerReport report = LedgerCheck.of(handle, fold);
          report.broken().ifPresent(Settlement::refuse);
          if (!report.isEqual() && !dryRun) {
            new TableRewrite(new LedgerQueries(handle), fold).run();
            record(handle, fold, row, report, context);
          }
          result[0] = report;
        });
    return result[0];
  }

  private static void refuse(String why) {
    throw new Refused(RefusalCode.WRONG_STATE, REMEDY.formatted(why));
  }

  private void record(
      Handle handle, EventFold fold, LedgerHead row, LedgerReport report, AuditContext context) {
    LedgerHeadTable heads = new LedgerHeadTable(handle);
    LedgerHead last = fold.head();
    long lead = row.serial() - last.serial();
    long serial = (lead > 0 && lead <= SERIAL_REACH ? row.serial() : last.serial()) + 1;
    LedgerHead moved =
        new LedgerHead(last.uuid(), serial, last.lastEvent(), last.lastEventAt(), last.hash());
    Instant now = heads.reading(ledger.isEmbedded());
    Event event =
        EventJson.sealed(
            EventChain.event(
                moved,
                now,
                EventKind.SETTLE,
                EventJson.tree(new SettleRecord(report.count(), report.differences())),
                context));
    LedgerQueries queries = new LedgerQueries(handle);
    queries.events.insert(List.of(event));
    queries.clockSteps.follow(last, now);
    heads.update(EventChain.next(moved, event));
    queries.outbox.mark(
        report.owners().stream().map(id -> new OutboxEntry(id, event.seq())).toList(), now);
  }
}
