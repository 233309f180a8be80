/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.Event;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Finds owners by present and former names. The events have every name that an owner had; after a
 * loss of history, those from before it are unknown.
 */
public final class NameQueries {
  private final Handle handle;
  private final AllocationQueries allocations;

  NameQueries(Handle handle, AllocationQueries allocations) {
    this.handle = handle;
    this.allocations = allocations;
  }

  /** The allocation that counts of the owner who has the name. */
  public Optional<Allocation> presentHolder(OwnerName name) {
    return allocations.currentNamed(name).filter(a -> a.state() != AllocationState.SUPERSEDED);
  }

  /** The allocation that counts of the owner who had the name last, by the events. */
  public Optional<Allocation> lastHolder(OwnerName name) {
    return handle
        .createQuery(
            // Both columns of the index event_owner, or H2 does not read it backwards.
            "SELECT allocation_id FROM event WHERE owner = :name"
                + " ORDER BY owner DESC, seq DESC LIMIT 1")
        .bind("name", name)
        .mapTo(UUID.class)
        .findOne()
        .flatMap(allocations::byId)
        .map(a -> allocations.countingFor(a.owner().stableId()).orElse(a));
  }

  /**
   * The allocation that counts of the only owner with a name that is this one in lower case; empty
   * if several owners have one. Reads all names.
   */
  public Optional<Allocation> onlyHolderInAnyCase(OwnerName lower) {
    List<UUID> holders =
        handle
            .createQuery(
                "SELECT id FROM allocation"
                    + " WHERE lower(name) = :name AND state <> 'superseded' LIMIT 2")
            .bind("name", lower)
            .mapTo(UUID.class)
            .list();
    return holders.size() == 1 ? allocations.byId(holders.get(0)) : Optional.empty();
  }

  /** The stable ids of all owners who have or had the name. */
  public List<String> stableIdsUnder(OwnerName name) {
    return handle
        .createQuery(
            "SELECT DISTINCT a.stable_id FROM event e JOIN allocation a ON a.id = e.allocation_id"
                + " WHERE e.owner = :name")
        .bind("name", name)
        .mapTo(String.class)
        .list();
  }

  /** The stable ids of all owners. */
  public Set<String> stableIds() {
    return handle
        .createQuery("SELECT DISTINCT stable_id FROM allocation")
        .mapTo(String.class)
        .set();
  }

  /**
   * The owners among these with a stable id, a name and a uid that no owner has, and a name that
   * none had.
   */
  public List<Owner> neverKnownAmong(Collection<Owner> owners) {
    List<Owner> unknown = allocations.unknownAmong(owners);
    Set<String> known = known(unknown.stream().map(owner -> owner.name().value()).toList());
    return unknown.stream().filter(owner -> !known.contains(owner.name().value())).toList();
  }

  /** Those of these names that an owner has or had. */
  private Set<String> known(Collection<String> names) {
    return names.isEmpty()
        ? Set.of()
        : handle
            .createQuery("SELECT DISTINCT owner FROM event WHERE owner = ANY(:names)")
            .bindArray("names", String.class, names)
            .mapTo(String.class)
            .set();
  }

  /** Passes each allocation that counts and has a DN: one query over all of them. */
  public void forEachWithDn(Consumer<Allocation> consumer) {
    allocations.forEachWithDn(consumer);
  }

  /** The events after {@code seq} of the owner with this stable ID, oldest first. */
  public List<Event> eventsOfAfter(String stableId, long seq, int limit) {
    return new EventQueries(handle).ofOwnerAfter(stableId, seq, limit);
  }

  /** The events after {@code seq} of the owner with this name, under all names, oldest first. */
  List<Event> eventsAfter(long seq, OwnerName name, int limit) {
    return presentHolder(name)
        .or(() -> lastHolder(name))
        .map(a -> new EventQueries(handle).ofOwnerAfter(a.owner().stableId(), seq, limit))
        .orElse(List.of());
  }
}
