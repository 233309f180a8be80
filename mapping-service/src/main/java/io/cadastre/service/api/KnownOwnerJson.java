/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.cadastre.service.event.Event;
import io.cadastre.subid.AllocationState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An owner with the history, as {@code cadastre owner} joins it from two answers.
 *
 * @param allocation the current allocation
 * @param former superseded allocations, in the order in which they were granted
 * @param history the changes to any of them, oldest first
 */
public record KnownOwnerJson(
    OwnerJson owner, AllocationJson allocation, List<AllocationJson> former, List<Event> history) {
  /** Joins an owner and the events of all allocations of that owner. */
  public static KnownOwnerJson of(HoldingJson present, List<Event> history) {
    Map<UUID, AllocationJson> latest = new LinkedHashMap<>();
    history.forEach(e -> e.allocation().ifPresent(id -> latest.put(id, after(id, e.after()))));
    latest.remove(present.allocation().id());
    return new KnownOwnerJson(
        present.owner(),
        present.allocation(),
        latest.values().stream()
            .filter(a -> a.state().equals(AllocationState.SUPERSEDED.word()))
            .toList(),
        List.copyOf(history));
  }

  private static AllocationJson after(UUID id, JsonNode state) {
    return new AllocationJson(
        id,
        Optional.ofNullable(state.path("pool").textValue()),
        range(state.path("subuid")),
        range(state.path("subgid")),
        state.path("state").asText(),
        state.path("serial").asLong());
  }

  private static RangeJson range(JsonNode range) {
    return new RangeJson(range.path("start").asLong(), range.path("count").asLong());
  }
}
