/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.ledger;

import cadastre.service.failure.RefusalCode;
import cadastre.service.failure.Refused;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
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
  public LedgerReport settle(boolean dryRun, Origin origin) {
    LedgerReport[] result = new LedgerReport[1];
    ledger.fill(
        handle -> {
          Head row = new HeadTable(handle).locked();
          EventFold fold = new EventFold(clock.instant());
          LedgerReport report = LedgerCheck.of(handle, fold);
          report.broken().ifPresent(Settlement::refuse);
          if (!report.isEqual() && !dryRun) {
            new TableRewrite(new LedgerReader(handle), fold).run();
            record(handle, fold, row, report, origin);
          }
          result[0] = report;
        });
    return result[0];
  }

  private static void refuse(String why) {
    throw new Refused(RefusalCode.WRONG_STATE, REMEDY.formatted(why));
  }

  private void record(Handle handle, EventFold fold, Head row, LedgerReport report, Origin origin) {
    HeadTable heads = new HeadTable(handle);
    Head last = fold.head();
    long lead = row.serial() - last.serial();
    long serial = (lead > 0 && lead <= SERIAL_REACH ? row.serial() : last.serial()) + 1;
    Head moved = new Head(last.uuid(), serial, last.lastEvent(), last.lastEventAt(), last.hash());
    Instant now = heads.reading(ledger.isEmbedded());
    Event event =
        EventJson.sealed(
            Chain.event(
                moved,
                now,
                EventKind.SETTLE,
                EventJson.tree(new SettleRecord(report.count(), report.differences())),
                origin));
    LedgerReader reader = new LedgerReader(handle);
    reader.events.insert(List.of(event));
    reader.clockSteps.follow(last, now);
    heads.update(Chain.next(moved, event));
    reader.outbox.mark(
        report.owners().stream().map(id -> new DirtyOwner(id, event.seq())).toList(), now);
  }
}
