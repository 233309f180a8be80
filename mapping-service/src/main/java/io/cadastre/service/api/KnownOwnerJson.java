/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.event.AllocationRecord;
import io.cadastre.service.event.Event;
import io.cadastre.service.event.EventJson;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An owner with the history, as {@code cadastre owner} joins it from two answers.
 *
 * @param allocation the current allocation
 * @param former superseded allocations, in the order in which they were granted
 * @param history the changes to any of them, oldest first
 */
public record KnownOwnerJson(
    OwnerJson owner,
    AllocationJson allocation,
    List<AllocationJson> former,
    List<Event> history) {
  /** Joins an owner and the events of all allocations of that owner. */
  public static KnownOwnerJson of(HoldingJson present, List<Event> history) {
    Map<UUID, Allocation> latest = new LinkedHashMap<>();
    for (Event event : history) {
      Allocation after =
          EventJson.value(event.after(), AllocationRecord.class).toAllocation();
      latest.put(after.id(), after);
    }
    return new KnownOwnerJson(
        present.owner(),
        present.allocation(),
        latest.values().stream()
            .filter(a -> a.state() == AllocationState.SUPERSEDED)
            .filter(a -> !a.id().equals(present.allocation().id()))
            .map(AllocationJson::of)
            .toList(),
        List.copyOf(history));
  }
}
