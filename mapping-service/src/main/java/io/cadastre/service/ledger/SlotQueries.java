/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.subid.IdRange;
import io.cadastre.subid.Pool;
import io.cadastre.subid.Strategy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.generic.GenericType;

/** Reads the recorded pools and their slots. Keeps the pools once they are read. */
final class SlotQueries {
  private static final GenericType<Map<String, Long>> NUMBERS = new GenericType<>() {};

  private final Handle handle;
  private Optional<List<Pool>> pools = Optional.empty();

  SlotQueries(Handle handle) {
    this.handle = handle;
  }

  /** The pools in the order of their ordinals; the first is the default. */
  List<Pool> all() {
    List<Pool> known = pools.orElseGet(this::read);
    pools = Optional.of(known);
    return known;
  }

  Optional<Pool> byName(String name) {
    return all().stream().filter(pool -> pool.name().equals(name)).findFirst();
  }

  /** Reads the pools anew when they are next asked for. */
  void invalidate() {
    pools = Optional.empty();
  }

  private List<Pool> read() {
    Map<String, List<IdRange>> segments =
        handle
            .createQuery("SELECT * FROM segment ORDER BY pool, ordinal")
            .map((row, context) -> Map.entry(row.getString("pool"), LedgerJdbi.range(row)))
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    return handle
        .createQuery("SELECT * FROM pool ORDER BY ordinal")
        .map(
            (row, context) ->
                new Pool(
                    row.getString("name"),
                    row.getLong("id_count"),
                    segments.getOrDefault(row.getString("name"), List.of()),
                    Strategy.valueOf(row.getString("strategy")),
                    row.getLong("uid_first")))
        .list();
  }

  /** Where the search of a {@code next-free} pool continues. */
  long nextSlot(String pool) {
    return handle
        .createQuery("SELECT next_slot FROM pool WHERE name = :pool")
        .bind("pool", pool)
        .mapTo(Long.class)
        .one();
  }

  /** All values of {@link #nextSlot}, by pool. */
  Map<String, Long> nextSlots() {
    return handle
        .createQuery("SELECT name, next_slot FROM pool")
        .setMapKeyColumn("name")
        .setMapValueColumn("next_slot")
        .collectInto(NUMBERS);
  }

  /** The number of the pool's slots that are claimed or blocked. */
  long heldCount(String pool) {
    return count("SELECT COUNT(*) FROM slot WHERE pool = :pool", pool);
  }

  /** The number of the pool's slots that are blocked: those without an allocation. */
  long blockedCount(String pool) {
    // Not "blocked_by IS NOT NULL": the foreign key has an index, in which these are beside each
    // other.
    return count("SELECT COUNT(*) FROM slot WHERE allocation_id IS NULL AND pool = :pool", pool);
  }

  /**
   * Blocked slots one after another.
   *
   * @param last the last one, inclusive
   */
  record Run(long first, long last) {}

  /** The blocked slots of the pool as runs, each as long as it can be, by number. */
  List<Run> blockedRuns(String pool) {
    return handle
        .createQuery(
            "SELECT MIN(slot) AS first_slot, MAX(slot) AS last_slot FROM (SELECT slot,"
                + " slot - ROW_NUMBER() OVER (ORDER BY slot) AS run FROM slot"
                + " WHERE allocation_id IS NULL AND pool = :pool) AS blocked"
                + " GROUP BY run ORDER BY first_slot")
        .bind("pool", pool)
        .map((row, context) -> new Run(row.getLong(1), row.getLong(2)))
        .list();
  }

  /** What blocks the slot; empty if it is free or claimed. */
  Optional<BlockReason> blockReason(String pool, long slot) {
    return handle
        .createQuery(
            "SELECT blocked_by FROM slot WHERE pool = :pool AND slot = :slot"
                + " AND allocation_id IS NULL")
        .bind("pool", pool)
        .bind("slot", slot)
        .mapTo(BlockReason.class)
        .findOne();
  }

  private long count(String sql, String pool) {
    return handle.createQuery(sql).bind("pool", pool).mapTo(Long.class).one();
  }

  /** Why the slot is held: the allocation that claims it, or what blocks it; empty if free. */
  Optional<BlockReason> holder(String pool, long slot) {
    return handle
        .createQuery(
            "SELECT COALESCE(blocked_by, 'allocation ' || CAST(allocation_id AS VARCHAR))"
                + " FROM slot WHERE pool = :pool AND slot = :slot")
        .bind("pool", pool)
        .bind("slot", slot)
        .mapTo(BlockReason.class)
        .findOne();
  }

  /** The first slot from {@code from} on that is claimed or blocked. */
  Optional<Long> firstHeld(String pool, long from) {
    return handle
        .createQuery(
            "SELECT slot FROM slot WHERE pool = :pool AND slot >= :from"
                + " ORDER BY pool, slot LIMIT 1")
        .bind("pool", pool)
        .bind("from", from)
        .mapTo(Long.class)
        .findOne();
  }

  /** The first free slot after {@code held}, which is not free; it may lie beyond the pool. */
  long nextFree(String pool, long held) {
    return handle
        .createQuery(
            "SELECT s.slot + 1 FROM slot s WHERE s.pool = :pool AND s.slot >= :held AND NOT EXISTS"
                + " (SELECT 1 FROM slot n WHERE n.pool = :pool AND n.slot = s.slot + 1)"
                + " ORDER BY s.pool, s.slot LIMIT 1")
        .bind("pool", pool)
        .bind("held", held)
        .mapTo(Long.class)
        .one();
  }

  /** The allocations that claim a slot of the pool. */
  Set<UUID> claimingIn(String pool) {
    return handle
        .createQuery(
            "SELECT allocation_id FROM slot WHERE pool = :pool AND allocation_id IS NOT NULL")
        .bind("pool", pool)
        .mapTo(UUID.class)
        .set();
  }

  /** The blocked slots, by pool and number. */
  List<BlockedSlot> blocked() {
    return handle
        .createQuery(
            "SELECT pool, slot, blocked_by FROM slot WHERE allocation_id IS NULL"
                + " ORDER BY pool, slot")
        .mapTo(BlockedSlot.class)
        .list();
  }
}
