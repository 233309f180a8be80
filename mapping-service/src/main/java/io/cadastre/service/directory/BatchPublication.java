/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Publishes a batch of owners over one connection, in an order in which they do not get in each
 * other's way: the directory refuses a second entry for one DN, and names go from one owner to
 * another.
 *
 * <ol>
 *   <li>Whoever only gives something up: he may hold the DN that a newcomer is to have. Whoever has
 *       no DN (any more) is to have no entry.
 *   <li>Whoever is new, many at once.
 *   <li>All others; whoever is refused because of somebody else is put off.
 *   <li>Those put off: their entries are first moved out of the way, all of them, so that owners
 *       may have swapped their names; then they are published again.
 * </ol>
 */
final class BatchPublication {
  private final KnownOwners knownOwners;
  private final BulkAdd firstPublication;
  private final OwnerPublication ownerPublication;
  private final WriteTally tally = new WriteTally();
  private final Map<String, String> failures = new HashMap<>();

  BatchPublication(
      EntryCodec codec, LDAPConnection connection, List<String> bases, Set<String> passedOver) {
    this.knownOwners = new KnownOwners(connection, bases);
    this.firstPublication = new BulkAdd(codec, connection, knownOwners, tally);
    this.ownerPublication = new OwnerPublication(codec, connection, bases, passedOver, tally);
  }

  /** One result per state, in their order. */
  List<Publication> run(Collection<OwnerState> states) throws LDAPException {
    List<OwnerState> first = new ArrayList<>();
    List<OwnerState> others = new ArrayList<>();
    List<OwnerState> putOff = new ArrayList<>();
    List<OwnerState> withoutDn = new ArrayList<>();
    for (OwnerState state : states) {
      if (!isPublishable(state)) {
        withoutDn.add(state);
      } else if (BulkAdd.applies(state)) {
        first.add(state);
      } else if (state.allocations().stream().noneMatch(a -> a.state() == AllocationState.ACTIVE)) {
        publish(state, putOff);
      } else {
        others.add(state);
      }
    }
    takeBack(withoutDn);
    Set<String> added = firstPublication.run(first);
    first.removeIf(state -> added.contains(state.stableId()));
    others.addAll(first);
    for (OwnerState state : others) {
      publish(state, putOff);
    }
    for (OwnerState state : putOff) {
      ownerPublication.run(asideOf(state));
    }
    for (OwnerState state : putOff) {
      publish(state, new ArrayList<>());
    }
    return states.stream().map(this::result).toList();
  }

  /** Few have an entry; a state with no allocations is that of a stable id which was rebound. */
  private void takeBack(List<OwnerState> withoutDn) throws LDAPException {
    withoutDn.removeIf(state -> state.allocations().isEmpty());
    for (OwnerState state : knownOwners.among(withoutDn)) {
      publish(state, new ArrayList<>());
    }
  }

  private void publish(OwnerState state, List<OwnerState> putOff) throws LDAPException {
    OwnerPublication.Attempt attempt = ownerPublication.run(state);
    failures.put(state.stableId(), attempt.failure());
    if (attempt.isConflict()) {
      putOff.add(state);
    }
  }

  /** The same allocations, none of which counts; the range keeps an entry all the while. */
  private static OwnerState asideOf(OwnerState state) {
    List<Allocation> aside =
        state.allocations().stream()
            .map(
                a ->
                    a.state() == AllocationState.ACTIVE ? a.withState(AllocationState.WITHHELD) : a)
            .toList();
    return new OwnerState(state.stableId(), aside);
  }

  private static boolean isPublishable(OwnerState state) {
    return state.allocations().stream().anyMatch(EntryDiff::isPublished);
  }

  private Publication result(OwnerState state) {
    String failure = failures.getOrDefault(state.stableId(), "");
    Publication.Outcome outcome = Publication.Outcome.PUBLISHED;
    if (!failure.isEmpty()) {
      outcome = Publication.Outcome.FAILED;
    } else if (!isPublishable(state)) {
      outcome = Publication.Outcome.NONE;
    }
    return new Publication(
        state.stableId(),
        outcome,
        failure,
        outcome == Publication.Outcome.FAILED && tally.isOfTheWhole());
  }
}
