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
 * Chooses the slot of a new allocation. Whatever range is known, granted or foreign, has claimed or
 * blocked the slots that it touches; the overlap query of {@link LedgerTransaction#grant} is the
 * second guard. A slot that holds a real uid or gid is blocked for good and skipped: an account
 * that was there before a range must never find itself inside one. A slot that held one until
 * lately is passed over, and is looked at again when the pool has no other.
 */
public final class Allocator {
  private final LedgerTransaction transaction;
  private final List<IdRange> passed = new ArrayList<>();
  private final Function<IdRange, RealIds> realIds;

  /**
   * An allocator within one change.
   *
   * @param realIds what is known of the uids and gids of accounts and groups in a range
   */
  public Allocator(LedgerTransaction transaction, Function<IdRange, RealIds> realIds) {
    this.transaction = transaction;
    this.realIds = realIds;
  }

  /**
   * The slot that this owner shall have.
   *
   * @throws Refused if the pool is full, or the owner's slot of a deterministic pool is taken
   */
  public long slotFor(Pool pool, Owner owner) {
    return pool.strategy() == Strategy.NEXT_FREE ? nextFree(pool) : deterministic(pool, owner);
  }

  private long nextFree(Pool pool) {
    Counters counters = transaction.counters();
    String name = pool.name();
    OptionalLong ahead = firstFree(pool, counters.of(name).next(), pool.slots());
    counters.setNext(name, ahead.orElse(pool.slots() - 1) + 1);
    if (ahead.isPresent()) {
      return ahead.getAsLong();
    }
    long begun = counters.of(name).begun();
    OptionalLong behind = firstFree(pool, counters.of(name).again(), begun);
    counters.setAgain(name, behind.orElse(begun - 1) + 1);
    return behind.orElseThrow(() -> full(pool));
  }

  private OptionalLong firstFree(Pool pool, long from, long end) {
    long slot = from;
    while (slot < end) {
      if (transaction.isHeld(pool.name(), slot)) {
        slot = transaction.nextFree(pool.name(), slot);
      } else if (keepsClear(pool, slot) == RealIds.NONE) {
        return OptionalLong.of(slot);
      } else {
        slot++;
      }
    }
    return OptionalLong.empty();
  }

  private Refused full(Pool pool) {
    String passedOver =
        passed.isEmpty()
            ? ""
            : " %d free slots are not given now, because an account or group had an ID in them within identity.realIdMemory, the first in %s. If it was renumbered on purpose, run: cadastre follow --forget-ids %d-%d --reason renumbered"
                .formatted(
                    passed.size(), passed.get(0), passed.get(0).start(), passed.get(0).last());
    return new Refused(
        RefusalCode.POOL_FULL,
        "pool %s is full: all its %d slots of %d IDs are taken or blocked. Append a segment to it, or ask for another pool.%s"
            .formatted(pool.name(), pool.slots(), pool.count(), passedOver));
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
    RealIds known = held ? RealIds.NONE : keepsClear(pool, wanted);
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
                      : transaction
                          .flush()
                          .slots
                          .holder(pool.name(), wanted)
                          .map(BlockReason::text)
                          .orElse("it holds an account's uid or gid")));
    }
    return wanted;
  }

  /** Says what is known of real IDs in a free slot; one that holds an ID now is blocked. */
  private RealIds keepsClear(Pool pool, long slot) {
    IdRange range = pool.range(slot);
    RealIds known = realIds.apply(range);
    if (known == RealIds.PRESENT) {
      transaction.block(pool.name(), slot, new BlockReason.RealId(range));
    } else if (known == RealIds.REMEMBERED) {
      passed.add(range);
    }
    return known;
  }
}
