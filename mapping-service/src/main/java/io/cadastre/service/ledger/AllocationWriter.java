/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.failure.InvariantBroken;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Writes allocations, the ranges that they hold and the slots that they claim. Buffers new
 * allocations and writes them as one batch, which is three times faster than one by one: {@link
 * #flush} runs before anything is read or changed, and at the end. Not thread-safe.
 */
final class AllocationWriter {
  private final Handle handle;
  private final AllocationQueries allocations;
  private final DirectoryQueries directory;
  private final SlotQueries slots;
  private final List<NewAllocation> buffer = new ArrayList<>();

  AllocationWriter(Handle handle, SlotQueries slots) {
    this.handle = handle;
    this.allocations = new AllocationQueries(handle);
    this.directory = new DirectoryQueries(handle);
    this.slots = slots;
  }

  /**
   * An allocation that is not written yet.
   *
   * @param slot the slot that it claims in its pool; empty for ranges off the grid
   * @param adopted whether an entry of Cadastre's own in the directory proves it; foreign ranges
   *     are then no obstacle
   */
  record NewAllocation(Allocation allocation, OptionalLong slot, boolean adopted) {

    /** Whether the slot that it claims is all that it touches. */
    boolean isOnGrid() {
      return slot.isPresent() && allocation.uidRange().equals(allocation.gidRange());
    }
  }

  /**
   * Buffers an allocation. One that is adopted or off the grid is written now, with all before it,
   * because it unblocks or blocks slots.
   *
   * @throws InvariantBroken if it is written and overlaps a known range
   */
  void add(NewAllocation added) {
    buffer.add(added);
    if (!added.isOnGrid() || added.adopted()) {
      flush();
    }
  }

  /**
   * Writes the buffered allocations, after the overlap guard has passed all of them.
   *
   * @throws InvariantBroken if a range overlaps a known range or another buffered one
   */
  void flush() {
    if (buffer.isEmpty()) {
      return;
    }
    List<NewAllocation> added = List.copyOf(buffer);
    buffer.clear();
    List<Allocation> written = added.stream().map(NewAllocation::allocation).toList();
    boolean adopted = added.stream().allMatch(NewAllocation::adopted);
    for (IdType type : IdType.values()) {
      checkFree(type, written.stream().map(a -> a.range(type)).sorted().toList(), adopted);
    }
    insert(written);
    added.stream().filter(NewAllocation::adopted).forEach(this::unblock);
    claim(
        added.stream()
            .filter(a -> a.slot().isPresent())
            .map(a -> new Claim(pool(a), a.slot().getAsLong(), a.allocation().id()))
            .toList());
    added.stream().filter(a -> !a.isOnGrid()).forEach(a -> blocker().touchedBy(a.allocation()));
  }

  private static String pool(NewAllocation added) {
    return added.allocation().pool().orElseThrow();
  }

  private SlotBlocker blocker() {
    return new SlotBlocker(handle, slots);
  }

  /** The entry that is now adopted may have blocked the slot, while it was unreadable. */
  private void unblock(NewAllocation added) {
    for (IdType type : IdType.values()) {
      blocker().forget(type, added.allocation().range(type));
    }
    added.slot().ifPresent(slot -> blocker().unblock(pool(added), slot));
  }

  /** One query for all: most often the whole span from the first to the last range is free. */
  private void checkFree(IdType type, List<IdRange> sorted, boolean adopted) {
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i - 1).last() >= sorted.get(i).start()) {
        throw new InvariantBroken(
            "%s range %s overlaps %s of the same change"
                .formatted(type.word(), sorted.get(i), sorted.get(i - 1)));
      }
    }
    IdRange span = IdRange.between(sorted.get(0).start(), sorted.get(sorted.size() - 1).last());
    if (allocations.overlapping(type, span).isPresent()
        || directory.foreignOverlapping(type, span).isPresent()) {
      sorted.forEach(range -> checkFree(type, range, adopted));
    }
  }

  private void checkFree(IdType type, IdRange range, boolean adopted) {
    Optional<Allocation> other = allocations.overlapping(type, range);
    if (other.isPresent()) {
      throw new InvariantBroken(
          "%s range %s overlaps %s of allocation %s"
              .formatted(type.word(), range, other.get().range(type), other.get().id()));
    }
    Optional<String> foreign = directory.foreignOverlapping(type, range);
    if (foreign.isPresent() && !adopted) {
      throw new InvariantBroken(
          "%s range %s overlaps a range that is blocked: %s"
              .formatted(type.word(), range, foreign.get()));
    }
  }

  /** Inserts allocations and their ranges as they are, without a guard. */
  void insert(List<Allocation> added) {
    PreparedBatch batch =
        handle.prepareBatch(
            "INSERT INTO allocation (id, stable_id, counts_for, name, uid_number, gid_number,"
                + " dn, pool, uid_start, uid_count, gid_start, gid_count, state, serial,"
                + " revision)"
                + " VALUES (:id, :stableId, :countsFor, :name, :uidNumber, :gidNumber, :dn,"
                + " :pool, :uidStart, :uidCount, :gidStart, :gidCount, :state, :serial, :revision)");
    for (Allocation allocation : added) {
      bind(batch, allocation)
          .bind("uidStart", allocation.uidRange().start())
          .bind("uidCount", allocation.uidRange().count())
          .bind("gidStart", allocation.gidRange().start())
          .bind("gidCount", allocation.gidRange().count())
          .add();
    }
    batch.execute();
    insertRanges(added);
  }

  private void insertRanges(List<Allocation> added) {
    PreparedBatch batch =
        handle.prepareBatch(
            "INSERT INTO id_range (id_type, first_id, last_id, allocation_id)"
                + " VALUES (:type, :first, :last, :id)");
    for (IdType type : IdType.values()) {
      for (Allocation allocation : added) {
        batch
            .bind("type", type)
            .bind("first", allocation.range(type).start())
            .bind("last", allocation.range(type).last())
            .bind("id", allocation.id())
            .add();
      }
    }
    batch.execute();
  }

  /** A slot that an allocation claims. */
  record Claim(String pool, long slot, UUID allocation) {}

  /** Claims slots; the primary key refuses one that is held. */
  void claim(List<Claim> claims) {
    PreparedBatch batch =
        handle.prepareBatch(
            "INSERT INTO slot (pool, slot, allocation_id) VALUES (:pool, :slot, :allocation)");
    for (Claim claim : claims) {
      batch
          .bind("pool", claim.pool())
          .bind("slot", claim.slot())
          .bind("allocation", claim.allocation())
          .add();
    }
    batch.execute();
  }

  /** Updates everything but the ranges, which never change. */
  void update(Allocation changed) {
    bind(
            handle.createUpdate(
                "UPDATE allocation SET stable_id = :stableId, counts_for = :countsFor,"
                    + " name = :name, uid_number = :uidNumber, gid_number = :gidNumber, dn = :dn,"
                    + " pool = :pool, state = :state, serial = :serial, revision = :revision WHERE id = :id"),
            changed)
        .execute();
  }

  private static <S extends SqlStatement<S>> S bind(S statement, Allocation a) {
    boolean counts = a.state() != AllocationState.SUPERSEDED;
    return statement
        .bind("id", a.id())
        .bind("stableId", a.owner().stableId())
        .bind("countsFor", counts ? Optional.of(a.owner().stableId()) : Optional.empty())
        .bind("name", a.owner().name())
        .bind("uidNumber", a.owner().uidNumber())
        .bind("gidNumber", a.owner().gidNumber())
        .bind("dn", a.owner().dn())
        .bind("pool", a.pool())
        .bind("state", a.state())
        .bind("serial", a.serial())
        .bind("revision", a.revision());
  }
}
