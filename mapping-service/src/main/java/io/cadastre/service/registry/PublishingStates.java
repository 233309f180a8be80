/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.registry.AllocationResult.Allocated;
import io.cadastre.service.registry.AllocationResult.DirectoryState;
import io.cadastre.service.registry.AllocationResult.Outcome;
import io.cadastre.subid.Owner;
import java.util.List;
import java.util.Map;

/** Adds the state of the directory to the results of many requests. Thread-safe. */
final class PublishingStates {
  private final Publisher publisher;

  PublishingStates(Publisher publisher) {
    this.publisher = publisher;
  }

  /** Returns the results with their states. A changed owner is pending, in a dry run too. */
  List<AllocationResult> of(List<AllocationResult> results) {
    List<Allocated> allocated = results.stream().flatMap(r -> r.allocated().stream()).toList();
    Map<Owner, DirectoryState> states =
        publisher.states(
            allocated.stream()
                .filter(result -> result.outcome() == Outcome.UNCHANGED)
                .map(result -> result.allocation().owner())
                .toList());
    allocated.stream()
        .filter(result -> result.outcome() != Outcome.UNCHANGED)
        .map(result -> result.allocation().owner())
        .forEach(owner -> states.put(owner, publisher.stateOnceChanged(owner)));
    return results.stream()
        .map(
            result ->
                result.<AllocationResult>fold(
                    a ->
                        a.withDirectory(
                            states.getOrDefault(a.allocation().owner(), DirectoryState.PENDING)),
                    refused -> result))
        .toList();
  }
}
