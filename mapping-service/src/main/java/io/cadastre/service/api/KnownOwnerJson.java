/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.event.Event;
import io.cadastre.service.registry.OwnerView;
import io.cadastre.subid.OwnerName;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What is known of an owner.
 *
 * @param allocation the one that counts
 * @param former superseded ones, closed for good; the latest 100
 * @param history the changes to any of them, oldest first; the latest 100
 * @param earlier where the other events are, if there are more; absent if these are all
 */
public record KnownOwnerJson(
    OwnerJson owner,
    AllocationJson allocation,
    List<AllocationJson> former,
    List<Event> history,
    Optional<String> earlier) {
  /** The answer that tells of this owner. */
  public static KnownOwnerJson of(OwnerView view) {
    return new KnownOwnerJson(
        OwnerJson.of(view.owner()),
        AllocationJson.of(view.present()),
        view.former().stream()
            .filter(a -> !a.id().equals(view.present().id()))
            .map(AllocationJson::of)
            .toList(),
        view.history(),
        view.isCut() ? Optional.of(eventsOf(view.owner().name())) : Optional.empty());
  }

  private static String eventsOf(OwnerName name) {
    return "/v1/events?owner="
        + URLEncoder.encode(name.value(), StandardCharsets.UTF_8).replace("+", "%20");
  }
}
