/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.BlockedRange;
import io.cadastre.service.event.DismissedEntry;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.event.ReleasedRange;
import io.cadastre.service.event.ReleasedRange.Freed;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Records what a change knows of ranges that are not the ledger's, in entries of the directory and
 * in local rows of nodes, and the decisions of an admin about them. Not thread-safe.
 */
public final class EntryRecords {
  private final LedgerTransaction transaction;
  private final Handle handle;
  private final SlotQueries slots;

  EntryRecords(LedgerTransaction transaction, Handle handle, SlotQueries slots) {
    this.transaction = transaction;
    this.handle = handle;
    this.slots = slots;
  }

  private SlotBlocker blocker() {
    return new SlotBlocker(handle, slots);
  }

  /** Records a range of an entry that the ledger does not know; it blocks its slots. */
  public void block(IdType type, IdRange range, String source) {
    LedgerQueries unused = transaction.flush();
    blocker().foreign(type, range, source);
    transaction.search().forgetFree();
  }

  /** Blocks the slots that the range of a node's local row touches, as an event. */
  public void blockLocal(IdType type, IdRange range, String source, AuditContext context) {
    block(type, range, source);
    transaction.note(
        EventKind.BLOCK,
        new BlockedRange(type.word(), range.start(), range.count(), source),
        context);
  }

  /** Records that an admin has dismissed an entry. */
  public void dismiss(DismissedEntry entry, AuditContext context) {
    new DismissedTable(handle).add(entry);
    transaction.note(EventKind.DISMISS, entry, context);
  }

  /**
   * Forgets a recorded range of entries that are gone, in both ID spaces. A slot that it blocked is
   * free again, unless something else touches it; the search for free slots goes back to it.
   *
   * @return the range as recorded in the event; empty if no entry has had exactly this range
   */
  public Optional<ReleasedRange> release(IdRange range, AuditContext context) {
    List<String> entries =
        transaction.flush().foreignRanges().stream()
            .filter(foreign -> foreign.range().equals(range))
            .map(ForeignRange::source)
            .distinct()
            .toList();
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    for (IdType type : IdType.values()) {
      blocker().forget(type, range);
    }
    List<Freed> freed = new ArrayList<>();
    for (Pool pool : slots.all()) {
      List<Long> free =
          pool.slotsTouching(range)
              .filter(slot -> blocker().reconsider(pool, slot))
              .boxed()
              .toList();
      if (!free.isEmpty()) {
        new PoolWriter(handle, slots).goBackTo(pool.name(), free.get(0));
        freed.add(new Freed(pool.name(), free.get(0), free.size()));
      }
    }
    transaction.search().forgetFree();
    ReleasedRange released = new ReleasedRange(range.start(), range.count(), entries, freed);
    transaction.note(EventKind.RELEASE_FOREIGN, released, context);
    return Optional.of(released);
  }
}
