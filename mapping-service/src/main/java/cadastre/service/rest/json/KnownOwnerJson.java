/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.rest.json;

import cadastre.service.ledger.Event;
import cadastre.service.registry.OwnerView;
import java.util.List;

/**
 * All that is known of an owner.
 *
 * @param allocation the one that counts
 * @param former superseded ones, closed for good
 * @param history every change to any of them, oldest first
 */
public record KnownOwnerJson(
    OwnerJson owner, AllocationJson allocation, List<AllocationJson> former, List<Event> history) {
  /** The answer that tells of this owner. */
  public static KnownOwnerJson of(OwnerView view) {
    return new KnownOwnerJson(
        OwnerJson.of(view.owner()),
        AllocationJson.of(view.present()),
        view.allocations().stream()
            .filter(a -> !a.id().equals(view.present().id()))
            .map(AllocationJson::of)
            .toList(),
        view.history());
  }
}
