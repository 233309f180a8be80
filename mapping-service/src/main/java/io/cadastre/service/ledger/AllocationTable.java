/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.failure.Unavailable;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;

/** The rows of {@code allocation} and the ranges they claim in {@code id_range}. */
final class AllocationTable {
  private static final Duration UNREADABLE_RETRY = Duration.ofMinutes(1);

  private final Handle handle;

  AllocationTable(Handle handle) {
    this.handle = handle;
  }

  /** Writes new allocations and claims their ranges. */
  void insert(List<Allocation> allocations) {
    PreparedBatch batch =
        handle.prepareBatch(
            "INSERT INTO allocation (id, stable_id, counts_for, name, uid_number, gid_number,"
                + " dn, pool, uid_start, uid_count, gid_start, gid_count, state, serial)"
                + " VALUES (:id, :stableId, :countsFor, :name, :uidNumber, :gidNumber, :dn,"
                + " :pool, :uidStart, :uidCount, :gidStart, :gidCount, :state, :serial)");
    for (Allocation allocation : allocations) {
      bind(batch, allocation)
          .bind("uidStart", allocation.uidRange().start())
          .bind("uidCount", allocation.uidRange().count())
          .bind("gidStart", allocation.gidRange().start())
          .bind("gidCount", allocation.gidRange().count())
          .add();
    }
    batch.execute();
    claim(allocations);
  }

  private void claim(List<Allocation> allocations) {
    PreparedBatch batch =
        handle.prepareBatch(
            "INSERT INTO id_range (id_type, first_id, last_id, allocation_id)"
                + " VALUES (:type, :first, :last, :id)");
    for (IdType type : IdType.values()) {
      for (Allocation allocation : allocations) {
        batch
            .bind("type", type.word())
            .bind("first", allocation.range(type).start())
            .bind("last", allocation.range(type).last())
            .bind("id", allocation.id())
            .add();
      }
    }
    batch.execute();
  }

  /** Everything but the ranges, which never change. */
  void update(Allocation allocation) {
    bind(
            handle.createUpdate(
                "UPDATE allocation SET stable_id = :stableId, counts_for = :countsFor,"
                    + " name = :name, uid_number = :uidNumber, gid_number = :gidNumber, dn = :dn,"
                    + " pool = :pool, state = :state, serial = :serial WHERE id = :id"),
            allocation)
        .execute();
  }

  private static <S extends SqlStatement<S>> S bind(S statement, Allocation a) {
    boolean counts = a.state() != AllocationState.SUPERSEDED;
    return statement
        .bind("id", a.id())
        .bind("stableId", a.owner().stableId())
        .bind("countsFor", counts ? Optional.of(a.owner().stableId()) : Optional.empty())
        .bind("name", a.owner().name().value())
        .bind("uidNumber", a.owner().uidNumber())
        .bind("gidNumber", a.owner().gidNumber())
        .bind("dn", a.owner().dn())
        .bind("pool", a.pool())
        .bind("state", a.state().word())
        .bind("serial", a.serial());
  }

  Optional<Allocation> byId(UUID id) {
    return select("id = :id").bind("id", id).map(AllocationTable::read).findOne();
  }

  /** The allocation that counts for this owner: any state but superseded. */
  Optional<Allocation> countingFor(String stableId) {
    return select("counts_for = :stableId")
        .bind("stableId", stableId)
        .map(AllocationTable::read)
        .findOne();
  }

  /** All of an owner's allocations, superseded ones included, oldest change first. */
  List<Allocation> ofOwner(String stableId) {
    return select("stable_id = :stableId ORDER BY serial, id")
        .bind("stableId", stableId)
        .map(AllocationTable::read)
        .list();
  }

  /** The same of many owners, by stable id; one who has none is left out. */
  Map<String, List<Allocation>> ofOwners(List<String> stableIds) {
    return select("stable_id = ANY(:stableIds) ORDER BY serial, id")
        .bindArray("stableIds", String.class, stableIds)
        .map(AllocationTable::read)
        .collect(Collectors.groupingBy(a -> a.owner().stableId()));
  }

  /** The allocations that count for whoever has, or had last, this owner's name or his uid. */
  List<Allocation> countingUnder(Owner owner) {
    // Two questions: H2 finds no index under an OR, and parses a UNION anew each time.
    return Stream.of(
            countingWhere("name", owner.name().value()),
            countingWhere("uid_number", owner.uidNumber()))
        .flatMap(List::stream)
        .distinct()
        .sorted(Comparator.comparing(Allocation::id))
        .toList();
  }

  private List<Allocation> countingWhere(String column, Object value) {
    return select(column + " = :value AND state <> 'superseded'")
        .bind("value", value)
        .map(AllocationTable::read)
        .list();
  }

  List<Allocation> inState(AllocationState state) {
    return select("state = :state").bind("state", state.word()).map(AllocationTable::read).list();
  }

  List<Allocation> all() {
    return select("TRUE ORDER BY uid_start").map(AllocationTable::read).list();
  }

  /** One page of the listing, by start of the subuid range. */
  List<Allocation> page(AllocationQuery query) {
    return select(
            "(:pool IS NULL OR pool = :pool) AND (:state IS NULL OR state = :state)"
                + " AND (:owner IS NULL OR name = :owner)"
                + " AND uid_start + uid_count > :from AND uid_start <= :to AND uid_start > :after"
                + " ORDER BY uid_start LIMIT :limit")
        .bind("pool", query.pool())
        .bind("state", query.state().map(AllocationState::word))
        .bind("owner", query.owner())
        .bind("from", query.from())
        .bind("to", query.to())
        .bind("after", query.after())
        .bind("limit", query.limit())
        .map(AllocationTable::read)
        .list();
  }

  /** Whose range holds this ID, whatever its state. */
  Optional<Allocation> holding(IdType type, long id) {
    return overlapping(type, IdRange.between(id, id));
  }

  /**
   * The allocation that overlaps {@code range}, if one does. Ranges of the ledger never overlap
   * each other, so only the last one that starts within or before {@code range} can.
   */
  Optional<Allocation> overlapping(IdType type, IdRange range) {
    return handle
        .createQuery(
            // In the order of the index id_range_downwards: H2 reads no index backwards.
            "SELECT last_id, allocation_id FROM id_range WHERE id_type = :type"
                + " AND first_id <= :last ORDER BY id_type, first_id DESC LIMIT 1")
        .bind("type", type.word())
        .bind("last", range.last())
        .map(
            (row, context) ->
                row.getLong("last_id") < range.start()
                    ? Optional.<UUID>empty()
                    : Optional.of(row.getObject("allocation_id", UUID.class)))
        .findOne()
        .flatMap(Function.identity())
        .flatMap(this::byId);
  }

  /** Those of whom no allocation, whatever its state, has the stable id, the name or the uid. */
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

  private Query select(String where) {
    return handle.createQuery("SELECT * FROM allocation WHERE " + where);
  }

  private static Allocation read(ResultSet row, StatementContext context) throws SQLException {
    try {
      return allocation(row);
    } catch (IllegalArgumentException e) {
      throw new Unavailable(
          "a row of the table allocation was edited and cannot be read: %s. Stop the service and run: cadastre events settle CONFIG --dry-run"
              .formatted(e.getMessage()),
          UNREADABLE_RETRY,
          e);
    }
  }

  private static Allocation allocation(ResultSet row) throws SQLException {
    return new Allocation(
        row.getObject("id", UUID.class),
        new Owner(
            row.getString("stable_id"),
            new OwnerName(row.getString("name")),
            row.getLong("uid_number"),
            row.getLong("gid_number"),
            Optional.ofNullable(row.getString("dn"))),
        Optional.ofNullable(row.getString("pool")),
        new IdRange(row.getLong("uid_start"), row.getLong("uid_count")),
        new IdRange(row.getLong("gid_start"), row.getLong("gid_count")),
        AllocationState.of(row.getString("state")),
        row.getLong("serial"));
  }
}
