/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.Event;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.OwnerName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * One owner's rows, never more than asked for: an owner can have thousands of events and former
 * allocations. Keys are sorted first and rows read then, since H2 sorts whole rows in memory.
 */
final class OwnerTable {
  /** The order of preference among those of one name or uid: active, withheld or retired, rest. */
  private static final String PRESENT =
      " ORDER BY CASE state WHEN 'active' THEN 0 WHEN 'superseded' THEN 2 ELSE 1 END, serial DESC"
          + " LIMIT 1";

  private final Handle handle;
  private final AllocationTable allocations;

  OwnerTable(Handle handle, AllocationTable allocations) {
    this.handle = handle;
    this.allocations = allocations;
  }

  /** Of several allocations under a name, the one that it means. */
  Optional<Allocation> presentNamed(OwnerName name) {
    return present(
        handle
            .createQuery("SELECT id FROM allocation WHERE name = :name" + PRESENT)
            .bind("name", name.value()));
  }

  /** Of several allocations under a uid, the one that it means. */
  Optional<Allocation> presentWithUid(long uidNumber) {
    return present(
        handle
            .createQuery("SELECT id FROM allocation WHERE uid_number = :uid" + PRESENT)
            .bind("uid", uidNumber));
  }

  private Optional<Allocation> present(Query query) {
    return query.mapTo(UUID.class).findOne().flatMap(allocations::byId);
  }

  /** The superseded allocations of an owner, the latest {@code limit}, latest last. */
  List<Allocation> former(String stableId, int limit) {
    List<Allocation> former = new ArrayList<>();
    handle
        .createQuery(
            "SELECT id FROM allocation WHERE stable_id = :stableId AND counts_for IS NULL"
                + " ORDER BY serial DESC, id DESC LIMIT :limit")
        .bind("stableId", stableId)
        .bind("limit", limit)
        .mapTo(UUID.class)
        .forEach(id -> allocations.byId(id).ifPresent(a -> former.add(0, a)));
    return former;
  }

  /** The events of all allocations of an owner, the latest {@code limit}, latest last. */
  List<Event> events(String stableId, int limit) {
    List<Long> numbers =
        handle
            .createQuery(
                "SELECT e.seq FROM allocation a JOIN event e ON e.allocation_id = a.id"
                    + " WHERE a.stable_id = :stableId ORDER BY e.seq DESC LIMIT :limit")
            .bind("stableId", stableId)
            .bind("limit", limit)
            .mapTo(Long.class)
            .list();
    return new EventTable(handle).numbered(numbers);
  }
}
