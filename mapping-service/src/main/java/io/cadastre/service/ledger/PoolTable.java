/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Pool;
import io.cadastre.subid.Strategy;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** The recorded pools, their segments and their counters. The pool of ordinal 0 is the default. */
final class PoolTable {
  private final Handle handle;

  /** As this transaction sees them; read once, for every allocation asks for them. */
  private Optional<List<Pool>> known = Optional.empty();

  PoolTable(Handle handle) {
    this.handle = handle;
  }

  List<Pool> all() {
    List<Pool> pools = known.orElseGet(this::read);
    known = Optional.of(pools);
    return pools;
  }

  private List<Pool> read() {
    Map<String, List<IdRange>> segments =
        handle
            .createQuery("SELECT * FROM segment ORDER BY pool, ordinal")
            .map(
                (row, context) ->
                    Map.entry(
                        row.getString("pool"),
                        IdRange.between(row.getLong("first_id"), row.getLong("last_id"))))
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

  void insert(Pool pool, int ordinal) {
    known = Optional.empty();
    handle
        .createUpdate(
            "INSERT INTO pool (name, ordinal, id_count, strategy, uid_first, next_slot)"
                + " VALUES (:name, :ordinal, :count, :strategy, :uidFirst, 0)")
        .bind("name", pool.name())
        .bind("ordinal", ordinal)
        .bind("count", pool.count())
        .bind("strategy", pool.strategy().name())
        .bind("uidFirst", pool.uidFirst())
        .execute();
    for (int i = 0; i < pool.segments().size(); i++) {
      insertSegment(pool.name(), i, pool.segments().get(i));
    }
  }

  void insertSegment(String pool, int ordinal, IdRange segment) {
    known = Optional.empty();
    handle
        .createUpdate(
            "INSERT INTO segment (pool, ordinal, first_id, last_id)"
                + " VALUES (:pool, :ordinal, :first, :last)")
        .bind("pool", pool)
        .bind("ordinal", ordinal)
        .bind("first", segment.start())
        .bind("last", segment.last())
        .execute();
  }

  /** The counter of {@code next-free}: no slot below it will be looked at again. */
  long nextSlot(String pool) {
    return handle
        .createQuery("SELECT next_slot FROM pool WHERE name = :pool")
        .bind("pool", pool)
        .mapTo(Long.class)
        .one();
  }

  /** All counters, by pool. */
  Map<String, Long> counters() {
    return handle
        .createQuery("SELECT name, next_slot FROM pool")
        .map((row, context) -> Map.entry(row.getString("name"), row.getLong("next_slot")))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  void setNextSlot(String pool, long slot) {
    handle
        .createUpdate("UPDATE pool SET next_slot = :slot WHERE name = :pool")
        .bind("slot", slot)
        .bind("pool", pool)
        .execute();
  }

  HeldSlots held(String pool) {
    Map<AllocationState, Long> claimed = new EnumMap<>(AllocationState.class);
    long blocked = 0;
    for (Map.Entry<String, Long> held : heldByState(pool).entrySet()) {
      Optional<AllocationState> state =
          Stream.of(AllocationState.values()).filter(s -> s.word().equals(held.getKey())).findAny();
      state.ifPresent(s -> claimed.put(s, held.getValue()));
      blocked += state.isEmpty() ? held.getValue() : 0;
    }
    return new HeldSlots(claimed, blocked);
  }

  private Map<String, Long> heldByState(String pool) {
    return handle
        .createQuery(
            "SELECT COALESCE(a.state, 'blocked') AS held, COUNT(*) AS slots FROM slot s"
                + " LEFT JOIN allocation a ON a.id = s.allocation_id WHERE s.pool = :pool"
                + " GROUP BY COALESCE(a.state, 'blocked')")
        .bind("pool", pool)
        .map((row, context) -> Map.entry(row.getString("held"), row.getLong("slots")))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  Optional<Pool> byName(String name) {
    return all().stream().filter(pool -> pool.name().equals(name)).findFirst();
  }
}
