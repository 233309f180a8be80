/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.ledger;

import cadastre.service.failure.RefusalCode;
import cadastre.service.failure.Refused;
import cadastre.subid.IdRange;
import cadastre.subid.Owner;
import cadastre.subid.Pool;
import cadastre.subid.Strategy;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Chooses the slot of a new allocation. Whatever range is known, granted or foreign, has claimed or
 * blocked the slots that it touches; the overlap query of {@link LedgerTransaction#grant} is the
 * second guard. A slot that holds a real uid or gid is blocked for good and skipped: an account
 * that was there before a range must never find itself inside one.
 */
public final class Allocator {
  private final LedgerTransaction transaction;
  private final Predicate<IdRange> realIds;

  /**
   * An allocator within one change.
   *
   * @param realIds whether a range holds an account's uid or gid, or a group's gid
   */
  public Allocator(LedgerTransaction transaction, Predicate<IdRange> realIds) {
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
    for (long slot = transaction.nextSlot(pool.name()); slot < pool.slots(); slot++) {
      if (isFree(pool, slot)) {
        transaction.setNextSlot(pool.name(), slot + 1);
        return slot;
      }
    }
    throw new Refused(
        RefusalCode.POOL_FULL,
        "pool %s is full: all its %d slots of %d IDs are taken or blocked. Append a segment to it, or ask for another pool."
            .formatted(pool.name(), pool.slots(), pool.count()));
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
    if (!isFree(pool, slot.getAsLong())) {
      throw new Refused(
          RefusalCode.SLOT_TAKEN,
          "the slot of uid %d in pool %s, %s, cannot be given: %s"
              .formatted(
                  owner.uidNumber(),
                  pool.name(),
                  pool.range(slot.getAsLong()),
                  transaction
                      .read()
                      .slots
                      .holder(pool.name(), slot.getAsLong())
                      .orElse("it holds an account's uid or gid")));
    }
    return slot.getAsLong();
  }

  private boolean isFree(Pool pool, long slot) {
    if (transaction.isHeld(pool.name(), slot)) {
      return false;
    }
    IdRange range = pool.range(slot);
    if (realIds.test(range)) {
      transaction.block(pool.name(), slot, "real ID: an account or group has an ID in " + range);
      return false;
    }
    return true;
  }
}
