/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.event;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.util.Optional;
import java.util.UUID;

/** An allocation as events hold it, before and after a change: all that a replay needs. */
@JsonPropertyOrder({
  "allocation",
  "stableId",
  "name",
  "uidNumber",
  "gidNumber",
  "dn",
  "pool",
  "subuid",
  "subgid",
  "state",
  "serial"
})
public record AllocationRecord(
    UUID allocation,
    String stableId,
    String name,
    long uidNumber,
    long gidNumber,
    Optional<String> dn,
    Optional<String> pool,
    Range subuid,
    Range subgid,
    String state,
    long serial) {

  /** A range as JSON writes it. */
  @JsonPropertyOrder({"start", "count"})
  record Range(long start, long count) {
    IdRange toIdRange() {
      return new IdRange(start, count);
    }
  }

  /** The record of this allocation. */
  public static AllocationRecord of(Allocation a) {
    return new AllocationRecord(
        a.id(),
        a.owner().stableId(),
        a.owner().name().value(),
        a.owner().uidNumber(),
        a.owner().gidNumber(),
        a.owner().dn(),
        a.pool(),
        new Range(a.uidRange().start(), a.uidRange().count()),
        new Range(a.gidRange().start(), a.gidRange().count()),
        a.state().word(),
        a.serial());
  }

  /**
   * The allocation after an event about it.
   *
   * @param revision the revision of the event
   * @throws IllegalArgumentException if a field holds an invalid value
   */
  public static Allocation after(Event event, long revision) {
    return EventJson.value(event.after(), AllocationRecord.class)
        .toAllocation()
        .withRevision(revision);
  }

  /**
   * The allocation of this record.
   *
   * @throws IllegalArgumentException if a field holds an invalid value
   */
  public Allocation toAllocation() {
    return new Allocation(
        allocation,
        new Owner(stableId, new OwnerName(name), uidNumber, gidNumber, dn),
        pool,
        subuid.toIdRange(),
        subgid.toIdRange(),
        AllocationState.of(state),
        serial);
  }
}
