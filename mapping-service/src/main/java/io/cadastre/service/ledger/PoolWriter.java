/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.subid.IdRange;
import io.cadastre.subid.Pool;
import org.jdbi.v3.core.Handle;

/** Writes pools and their segments. The pool of ordinal 0 is the default. */
final class PoolWriter {
  private final Handle handle;
  private final SlotQueries slots;

  /** Writes pools; {@code slots} then reads them anew. */
  PoolWriter(Handle handle, SlotQueries slots) {
    this.handle = handle;
    this.slots = slots;
  }

  /** Inserts a pool behind the recorded ones, with its segments. */
  void add(Pool pool) {
    handle
        .createUpdate(
            "INSERT INTO pool (name, ordinal, id_count, strategy, uid_first, next_slot)"
                + " VALUES (:name, :ordinal, :count, :strategy, :uidFirst, 0)")
        .bind("name", pool.name())
        .bind("ordinal", slots.all().size())
        .bind("count", pool.count())
        .bind("strategy", pool.strategy().name())
        .bind("uidFirst", pool.uidFirst())
        .execute();
    addSegments(pool, 0);
  }

  /** Appends the segments of {@code pool} from the index {@code from} on. */
  void addSegments(Pool pool, int from) {
    for (int i = from; i < pool.segments().size(); i++) {
      IdRange segment = pool.segments().get(i);
      handle
          .createUpdate(
              "INSERT INTO segment (pool, ordinal, first_id, last_id)"
                  + " VALUES (:pool, :ordinal, :first, :last)")
          .bind("pool", pool.name())
          .bind("ordinal", i)
          .bind("first", segment.start())
          .bind("last", segment.last())
          .execute();
    }
    slots.invalidate();
  }

  /** Lets the next first pass continue from this slot at the latest. */
  void goBackTo(String pool, long slot) {
    handle
        .createUpdate("UPDATE pool SET next_slot = :slot WHERE name = :pool AND next_slot > :slot")
        .bind("slot", slot)
        .bind("pool", pool)
        .execute();
  }

  /** Records the slot from which the next first pass continues. */
  void recordNextSlot(String pool, long slot) {
    handle
        .createUpdate("UPDATE pool SET next_slot = :slot WHERE name = :pool")
        .bind("slot", slot)
        .bind("pool", pool)
        .execute();
  }
}
