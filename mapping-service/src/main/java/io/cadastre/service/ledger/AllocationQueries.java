/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Reads allocations and their ranges. An owner can have thousands of superseded allocations:
 * queries that return few rows sort keys first and read the rows then, since H2 sorts whole rows in
 * memory.
 */
final class AllocationQueries {
  /** Of several allocations under one name or uid: active, then withheld or retired, then rest. */
  private static final String MOST_RELEVANT =
      " ORDER BY CASE state WHEN 'active' THEN 0 WHEN 'superseded' THEN 2 ELSE 1 END, serial DESC"
          + " LIMIT 1";

  private static final int PAGE = 5000;
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final Handle handle;

  AllocationQueries(Handle handle) {
    this.handle = handle;
  }

  Optional<Allocation> byId(UUID id) {
    return select("id = :id").bind("id", id).mapTo(Allocation.class).findOne();
  }

  /** The allocation of the owner in any state but superseded. */
  Optional<Allocation> countingFor(String stableId) {
    return select("counts_for = :stableId")
        .bind("stableId", stableId)
        .mapTo(Allocation.class)
        .findOne();
  }

  /** All allocations of the owner, superseded ones included, oldest change first. */
  List<Allocation> ofOwner(String stableId) {
    return select("stable_id = :stableId ORDER BY serial, id")
        .bind("stableId", stableId)
        .mapTo(Allocation.class)
        .list();
  }

  /** All allocations of these owners, by stable id; an owner without any is left out. */
  Map<String, List<Allocation>> ofOwners(List<String> stableIds) {
    return select("stable_id = ANY(:stableIds) ORDER BY serial, id")
        .bindArray("stableIds", String.class, stableIds)
        .mapTo(Allocation.class)
        .collect(Collectors.groupingBy(a -> a.owner().stableId()));
  }

  /** The allocations, superseded ones left out, that hold the owner's name or uid, by id. */
  List<Allocation> countingUnder(Owner owner) {
    // Two queries: H2 finds no index under an OR, and parses a UNION anew each time.
    return Stream.of(
            countingWhere("name", owner.name()), countingWhere("uid_number", owner.uidNumber()))
        .flatMap(List::stream)
        .distinct()
        .sorted(Comparator.comparing(Allocation::id))
        .toList();
  }

  private List<Allocation> countingWhere(String column, Object value) {
    return select(column + " = :value AND state <> 'superseded'")
        .bind("value", value)
        .mapTo(Allocation.class)
        .list();
  }

  /** Of the allocations under this name, the active one, else the latest that counts. */
  Optional<Allocation> currentNamed(OwnerName name) {
    return mostRelevant("name", name);
  }

  /** Of the allocations under this uid, the active one, else the latest that counts. */
  Optional<Allocation> currentWithUid(long uidNumber) {
    return mostRelevant("uid_number", uidNumber);
  }

  private Optional<Allocation> mostRelevant(String column, Object value) {
    return handle
        .createQuery("SELECT id FROM allocation WHERE " + column + " = :value" + MOST_RELEVANT)
        .bind("value", value)
        .mapTo(UUID.class)
        .findOne()
        .flatMap(this::byId);
  }

  List<Allocation> inState(AllocationState state) {
    return select("state = :state").bind("state", state).mapTo(Allocation.class).list();
  }

  /** All allocations, by start of the subuid range. */
  List<Allocation> all() {
    return select("TRUE ORDER BY uid_start, id").mapTo(Allocation.class).list();
  }

  /** Passes on every allocation, by start of the subuid range; keeps one page of them at a time. */
  void forEach(Consumer<Allocation> consumer) {
    long from = Long.MIN_VALUE;
    UUID after = BEFORE_ALL;
    List<Allocation> page;
    do {
      // An edited ledger may have several of one start: of these the id tells which were passed.
      page =
          select(
                  "uid_start >= :from AND (uid_start > :from OR id > :after)"
                      + " ORDER BY uid_start, id LIMIT :limit")
              .bind("from", from)
              .bind("after", after)
              .bind("limit", PAGE)
              .mapTo(Allocation.class)
              .list();
      page.forEach(consumer);
      if (!page.isEmpty()) {
        Allocation last = page.get(page.size() - 1);
        from = last.uidRange().start();
        after = last.id();
      }
    } while (page.size() == PAGE);
  }

  /**
   * Passes on every allocation, page by page, in the order in which the rows lie in the table. By
   * an index, H2 fetches each row from another page of its file: at 1,000,000 allocations that
   * takes several times as long.
   */
  void forEachStoredPage(Consumer<List<Allocation>> consumer) {
    long last =
        handle
            .createQuery("SELECT COALESCE(MAX(_ROWID_), 0) FROM allocation")
            .mapTo(Long.class)
            .one();
    for (long from = 0; from < last; from += PAGE) {
      consumer.accept(
          select("_ROWID_ > :from AND _ROWID_ <= :to")
              .bind("from", from)
              .bind("to", from + PAGE)
              .mapTo(Allocation.class)
              .list());
    }
  }

  /** One page of the listing, by start of the subuid range. */
  List<Allocation> page(AllocationQuery query) {
    // A filter that is not asked for is left out: with "? IS NULL OR" no index is read.
    String where =
        (query.pool().isPresent() ? "pool = :pool AND " : "")
            + (query.state().isPresent() ? "state = :state AND " : "")
            + (query.owner().isPresent() ? "name = :owner AND " : "")
            + "uid_start + uid_count > :from AND uid_start <= :to AND uid_start > :after"
            + " ORDER BY uid_start LIMIT :limit";
    Query page = select(where);
    query.pool().ifPresent(pool -> page.bind("pool", pool));
    query.state().ifPresent(state -> page.bind("state", state));
    query.owner().ifPresent(owner -> page.bind("owner", owner));
    return page.bind("from", query.from())
        .bind("to", query.to())
        .bind("after", query.after())
        .bind("limit", query.limit())
        .mapTo(Allocation.class)
        .list();
  }

  /**
   * The allocation that shares an ID with {@code range}. Ranges in the ledger never overlap each
   * other, so only the last one that starts within or before {@code range} can.
   */
  Optional<Allocation> overlapping(IdType type, IdRange range) {
    return handle
        .createQuery(
            // In the order of the index id_range_downwards: H2 reads no index backwards.
            "SELECT CASE WHEN last_id >= :first THEN allocation_id END FROM id_range"
                + " WHERE id_type = :type AND first_id <= :last"
                + " ORDER BY id_type, first_id DESC LIMIT 1")
        .bind("type", type)
        .bind("first", range.start())
        .bind("last", range.last())
        .mapTo(UUID.class)
        .findOne()
        .flatMap(this::byId);
  }

  /** The owners for which no allocation in any state has the stable id, the name or the uid. */
  List<Owner> unknownAmong(Collection<Owner> owners) {
    Set<String> stableIds = known("stable_id", owners, Owner::stableId, String.class);
    Set<String> names = known("name", owners, owner -> owner.name().value(), String.class);
    Set<Long> uidNumbers = known("uid_number", owners, Owner::uidNumber, Long.class);
    return owners.stream()
        .filter(owner -> !stableIds.contains(owner.stableId()))
        .filter(owner -> !names.contains(owner.name().value()))
        .filter(owner -> !uidNumbers.contains(owner.uidNumber()))
        .toList();
  }

  private <T> Set<T> known(
      String column, Collection<Owner> owners, Function<Owner, T> value, Class<T> type) {
    return owners.isEmpty()
        ? Set.of()
        : handle
            .createQuery(
                "SELECT " + column + " FROM allocation WHERE " + column + " = ANY(:values)")
            .bindArray("values", type, owners.stream().map(value).toList())
            .mapTo(type)
            .set();
  }

  /** Passes each allocation that counts and has a DN. */
  void forEachWithDn(Consumer<Allocation> consumer) {
    select("dn IS NOT NULL AND counts_for IS NOT NULL")
        .setFetchSize(1000)
        .mapTo(Allocation.class)
        .forEach(consumer);
  }

  private Query select(String where) {
    return handle.createQuery("SELECT * FROM allocation WHERE " + where);
  }
}
