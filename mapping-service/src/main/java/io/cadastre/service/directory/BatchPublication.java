/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.LDAPException;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Publishes a batch of owners over one connection. The directory refuses a second entry for one DN,
 * and a name may pass from one owner to another within a batch; hence this order:
 *
 * <ol>
 *   <li>Owners that only give entries up, since a new owner may need the DN. An owner without a DN
 *       has no entry.
 *   <li>New owners, many at once.
 *   <li>All other owners. An owner refused because of another entry is put off.
 *   <li>The owners put off: first all their entries are moved out of the way, since owners may have
 *       swapped names; then each is published again.
 * </ol>
 *
 * Used once, by one thread.
 */
final class BatchPublication {
  private final EntryCodec codec;
  private final EntryConnection connection;
  private final Set<String> passedOver;
  private final Map<String, String> reasons = new HashMap<>();
  private final Set<String> unwilling = new HashSet<>();

  /**
   * A publication over this connection.
   *
   * @param passedOver the DNs, as {@link DnText}, of entries that are left alone
   */
  BatchPublication(EntryCodec codec, EntryConnection connection, Set<String> passedOver) {
    this.codec = codec;
    this.connection = connection;
    this.passedOver = passedOver;
  }

  /** Publishes these owners and returns the failures. */
  List<PublishFailure> run(Collection<OwnerState> states) throws LDAPException {
    List<OwnerState> single = new ArrayList<>();
    List<OwnerState> others = new ArrayList<>();
    List<OwnerState> putOff = new ArrayList<>();
    List<OwnerState> withoutDn = new ArrayList<>();
    for (OwnerState state : states) {
      if (state.allocations().stream().noneMatch(EntryCodec::hasEntry)) {
        withoutDn.add(state);
      } else if (BulkAdd.appliesTo(state)) {
        single.add(state);
      } else if (state.allocations().stream().noneMatch(a -> a.state() == AllocationState.ACTIVE)) {
        publish(state, putOff);
      } else {
        others.add(state);
      }
    }
    withdraw(withoutDn);
    Set<String> added = new BulkAdd(codec, connection).run(single);
    single.removeIf(state -> added.contains(state.stableId()));
    others.addAll(single);
    for (OwnerState state : others) {
      publish(state, putOff);
    }
    for (OwnerState state : putOff) {
      new OwnerPublication(codec, connection, passedOver).run(asideOf(state));
    }
    for (OwnerState state : putOff) {
      publish(state, new ArrayList<>());
    }
    return states.stream()
        .map(OwnerState::stableId)
        .filter(reasons::containsKey)
        .map(id -> new PublishFailure(id, reason(id), isDirectoryWide(id)))
        .toList();
  }

  private boolean isDirectoryWide(String stableId) {
    return unwilling.contains(stableId) || connection.refusesAllWrites();
  }

  private String reason(String stableId) {
    return reasons.getOrDefault(stableId, "");
  }

  /** Removes entries of owners without a DN; few have one. */
  private void withdraw(List<OwnerState> withoutDn) throws LDAPException {
    // A state without allocations is that of a stable id from before a rebinding.
    withoutDn.removeIf(state -> state.allocations().isEmpty());
    for (OwnerState state : connection.ownersWithEntries(withoutDn)) {
      publish(state, new ArrayList<>());
    }
  }

  private void publish(OwnerState state, List<OwnerState> putOff) throws LDAPException {
    OwnerPublication.Attempt attempt =
        new OwnerPublication(codec, connection, passedOver).run(state);
    unwilling.remove(state.stableId());
    if (attempt.isUnwilling()) {
      unwilling.add(state.stableId());
    }
    if (attempt.failure().isEmpty()) {
      reasons.remove(state.stableId());
    } else {
      reasons.put(state.stableId(), attempt.failure());
    }
    if (attempt.isConflict()) {
      putOff.add(state);
    }
  }

  /** Returns the state with no active allocation; each range keeps an entry all the while. */
  private static OwnerState asideOf(OwnerState state) {
    List<Allocation> aside =
        state.allocations().stream()
            .map(
                a ->
                    a.state() == AllocationState.ACTIVE ? a.withState(AllocationState.WITHHELD) : a)
            .toList();
    return new OwnerState(state.stableId(), aside);
  }
}
