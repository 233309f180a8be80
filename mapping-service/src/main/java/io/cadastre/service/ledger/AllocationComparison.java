/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.ledger.AllocationWriter.Claim;
import io.cadastre.service.ledger.FoldedAllocations.Slot;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Pool;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares the allocations and their slots with the fold of the events. Blocks by real IDs and
 * directory entries are no events and are not compared. A slot that an allocation off the grid
 * touches must be held, for any reason. Not thread-safe.
 */
final class AllocationComparison {
  private final EventFold fold;
  private final TableDifferences differences;

  AllocationComparison(EventFold fold, TableDifferences differences) {
    this.fold = fold;
    this.differences = differences;
  }

  void run() {
    allocations();
    slots();
  }

  private void allocations() {
    FoldedAllocations allocations = fold.allocations();
    BitSet seen = new BitSet();
    differences.each(
        "SELECT id, stable_id, counts_for, name, uid_number, gid_number, dn, pool, uid_start,"
            + " uid_count, gid_start, gid_count, state, serial, revision FROM allocation",
        row -> {
          UUID id = UUID.fromString(text(row, "id"));
          int number = allocations.number(id);
          if (number >= 0) {
            seen.set(number);
          }
          compare(row, id, allocations.byId(id));
        });
    for (int i = seen.nextClearBit(0); i < allocations.size(); i = seen.nextClearBit(i + 1)) {
      Allocation missing = allocations.get(i);
      differences.add(subject(missing) + " is missing in the table");
      differences.addOwner(missing.owner().stableId());
    }
  }

  private void compare(Map<String, String> row, UUID id, Optional<Allocation> known) {
    int before = differences.count();
    if (known.isPresent()) {
      differences.compare(() -> subject(known.get()), row, columns(known.get()));
    } else {
      differences.add(
          "allocation %s of %s is in the table and in no event".formatted(id, text(row, "name")));
    }
    if (differences.count() > before) {
      differences.addOwner(text(row, "stable_id"));
      known.ifPresent(a -> differences.addOwner(a.owner().stableId()));
    }
  }

  private static String subject(Allocation a) {
    return "allocation %s of %s".formatted(a.id(), a.owner().name());
  }

  private static Map<String, String> columns(Allocation a) {
    boolean counts = a.state() != AllocationState.SUPERSEDED;
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("id", a.id().toString());
    columns.put("stable_id", a.owner().stableId());
    columns.put("counts_for", counts ? a.owner().stableId() : TableDifferences.NONE);
    columns.put("name", a.owner().name().value());
    columns.put("uid_number", Long.toString(a.owner().uidNumber()));
    columns.put("gid_number", Long.toString(a.owner().gidNumber()));
    columns.put("dn", a.owner().dn().orElse(TableDifferences.NONE));
    columns.put("pool", a.pool().orElse(TableDifferences.NONE));
    columns.put("uid_start", Long.toString(a.uidRange().start()));
    columns.put("uid_count", Long.toString(a.uidRange().count()));
    columns.put("gid_start", Long.toString(a.gidRange().start()));
    columns.put("gid_count", Long.toString(a.gidRange().count()));
    columns.put("state", a.state().word());
    columns.put("serial", Long.toString(a.serial()));
    columns.put("revision", Long.toString(a.revision()));
    return columns;
  }

  private void slots() {
    FoldedAllocations allocations = fold.allocations();
    Map<String, Pool> pools =
        fold.pools().stream().collect(Collectors.toMap(Pool::name, Function.identity()));
    Set<Slot> touched = touched();
    BitSet seen = new BitSet();
    differences.each(
        "SELECT pool, slot, allocation_id FROM slot",
        row -> {
          Slot slot = new Slot(text(row, "pool"), Long.parseLong(text(row, "slot")));
          touched.remove(slot);
          int claimant =
              Optional.ofNullable(pools.get(slot.pool()))
                  .map(pool -> allocations.claimant(pool, slot.number()))
                  .orElse(-1);
          if (claimant >= 0) {
            seen.set(claimant);
          }
          String right =
              claimant < 0 ? TableDifferences.NONE : allocations.get(claimant).id().toString();
          if (!text(row, "allocation_id").equals(right)) {
            differences.add(
                "%s is claimed by %s in the table, by %s by its events"
                    .formatted(slot, text(row, "allocation_id"), right));
          }
        });
    for (int i = seen.nextClearBit(0); i < allocations.size(); i = seen.nextClearBit(i + 1)) {
      if (allocations.isClaiming(i)) {
        Claim claim = allocations.claim(i);
        touched.remove(new Slot(claim.pool(), claim.slot()));
        differences.add(
            "%s, claimed by allocation %s, is missing"
                .formatted(new Slot(claim.pool(), claim.slot()), claim.allocation()));
      }
    }
    touched.forEach(
        slot -> differences.add(slot + ", which an allocation off the grid touches, is free"));
  }

  private Set<Slot> touched() {
    Set<Slot> touched = new HashSet<>();
    for (Allocation a : fold.allocations().offGrid()) {
      for (Pool pool : fold.pools()) {
        for (IdType type : IdType.values()) {
          pool.slotsTouching(a.range(type)).forEach(n -> touched.add(new Slot(pool.name(), n)));
        }
      }
    }
    return touched;
  }

  private static String text(Map<String, String> row, String column) {
    return Objects.requireNonNull(row.get(column));
  }
}
