/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.event.Event;
import io.cadastre.service.registry.OwnerView;
import io.cadastre.subid.OwnerName;
import java.util.List;
import java.util.Optional;

/**
 * An owner's allocations and history.
 *
 * @param allocation the current allocation
 * @param former superseded allocations; the latest 100
 * @param history the changes to any of them, oldest first; the latest 100
 * @param earlier the path of all events; absent if these are all
 */
public record KnownOwnerJson(
    OwnerJson owner,
    AllocationJson allocation,
    List<AllocationJson> former,
    List<Event> history,
    Optional<String> earlier) {
  /** The answer that reports this owner. */
  public static KnownOwnerJson of(OwnerView view) {
    return new KnownOwnerJson(
        OwnerJson.of(view.owner()),
        AllocationJson.of(view.current()),
        view.former().stream()
            .filter(a -> !a.id().equals(view.current().id()))
            .map(AllocationJson::of)
            .toList(),
        view.history(),
        view.isCut() ? Optional.of(eventsOf(view.owner().name())) : Optional.empty());
  }

  private static String eventsOf(OwnerName name) {
    return Paths.EVENTS + "?owner=" + Paths.encoded(name.value());
  }
}
