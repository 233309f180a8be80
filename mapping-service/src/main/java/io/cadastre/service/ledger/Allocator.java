/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Owner;
import io.cadastre.subid.Pool;
import io.cadastre.subid.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Chooses the slot of a new allocation. Every known range, granted or foreign, has claimed or
 * blocked the slots that it touches; the overlap query of {@link LedgerTransaction#grant} is the
 * second guard. A slot that holds a real uid or gid is blocked for good, so that no account ever
 * lies inside a range. A slot that recently held one is skipped until the pool has no other.
 */
public final class Allocator {
  private final LedgerTransaction transaction;
  private final SlotSearch search;
  private final List<IdRange> skipped = new ArrayList<>();
  private final Function<IdRange, RealIds> realIds;

  /**
   * An allocator within one change.
   *
   * @param realIds tells whether accounts or groups have, or recently had, an ID in a range
   */
  public Allocator(LedgerTransaction transaction, Function<IdRange, RealIds> realIds) {
    this.transaction = transaction;
    this.search = transaction.search();
    this.realIds = realIds;
  }

  /**
   * Chooses the slot for this owner.
   *
   * @throws Refused if the pool is full, or the owner's slot of a deterministic pool is held
   */
  public long slotFor(Pool pool, Owner owner) {
    return pool.strategy() == Strategy.NEXT_FREE ? nextFree(pool) : deterministic(pool, owner);
  }

  private long nextFree(Pool pool) {
    String name = pool.name();
    OptionalLong ahead = firstFree(pool, search.of(name).next(), pool.slots());
    search.setNext(name, ahead.orElse(pool.slots() - 1) + 1);
    if (ahead.isPresent()) {
      return ahead.getAsLong();
    }
    long begun = search.of(name).begun();
    OptionalLong behind = firstFree(pool, search.of(name).again(), begun);
    search.setAgain(name, behind.orElse(begun - 1) + 1);
    return behind.orElseThrow(() -> full(pool));
  }

  private OptionalLong firstFree(Pool pool, long from, long end) {
    long slot = from;
    while (slot < end) {
      if (transaction.isHeld(pool.name(), slot)) {
        slot = search.nextFree(pool.name(), slot);
      } else if (checkRealIds(pool, slot) == RealIds.NONE) {
        return OptionalLong.of(slot);
      } else {
        slot++;
      }
    }
    return OptionalLong.empty();
  }

  private Refused full(Pool pool) {
    String reason =
        skipped.isEmpty()
            ? ""
            : " %d free slots are not given now, because an account or group had an ID in them within identity.realIdMemory, the first in %s. If it was renumbered on purpose, run: cadastre follow --forget-ids %d-%d --reason renumbered"
                .formatted(
                    skipped.size(), skipped.get(0), skipped.get(0).start(), skipped.get(0).last());
    return new Refused(
        RefusalCode.POOL_FULL,
        "pool %s is full: all its %d slots of %d IDs are taken or blocked. Append a segment to it, or ask for another pool.%s"
            .formatted(pool.name(), pool.slots(), pool.count(), reason));
  }

  private long deterministic(Pool pool, Owner owner) {
    OptionalLong slot = pool.deterministicSlot(owner.uidNumber());
    if (slot.isEmpty()) {
      throw new Refused(
          RefusalCode.SLOT_TAKEN,
          "uid %d of %s has no slot in pool %s: its %d slots serve the uids %d to %d"
              .formatted(
                  owner.uidNumber(),
                  owner.name(),
                  pool.name(),
                  pool.slots(),
                  pool.uidFirst(),
                  pool.uidFirst() + pool.slots() - 1));
    }
    long wanted = slot.getAsLong();
    boolean held = transaction.isHeld(pool.name(), wanted);
    RealIds known = held ? RealIds.NONE : checkRealIds(pool, wanted);
    if (held || known != RealIds.NONE) {
      IdRange range = pool.range(wanted);
      throw new Refused(
          RefusalCode.SLOT_TAKEN,
          "the slot of uid %d in pool %s, %s, cannot be given: %s"
              .formatted(
                  owner.uidNumber(),
                  pool.name(),
                  range,
                  known == RealIds.REMEMBERED
                      ? "an account or group had an ID in it within identity.realIdMemory. If it was renumbered on purpose, run: cadastre follow --forget-ids %d-%d --reason renumbered"
                          .formatted(range.start(), range.last())
                      : search
                          .holder(pool.name(), wanted)
                          .map(BlockReason::text)
                          .orElse("it holds an account's uid or gid")));
    }
    return wanted;
  }

  /** Looks up the real IDs in a free slot, and blocks the slot if it holds one now. */
  private RealIds checkRealIds(Pool pool, long slot) {
    IdRange range = pool.range(slot);
    RealIds known = realIds.apply(range);
    switch (known) {
      case NONE -> {}
      case REMEMBERED -> skipped.add(range);
      case MAPPED -> transaction.block(pool.name(), slot, new BlockReason.MappedId(range));
      case PRESENT -> transaction.block(pool.name(), slot, new BlockReason.RealId(range));
    }
    return known;
  }
}
