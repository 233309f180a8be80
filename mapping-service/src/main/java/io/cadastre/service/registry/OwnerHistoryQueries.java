/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.config.NameCase;
import io.cadastre.service.event.Event;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.NameRefused;
import io.cadastre.subid.OwnerName;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads all that the ledger knows about an owner, present and past. Thread-safe. */
public final class OwnerHistoryQueries {
  private final Ledger ledger;
  private final OwnerQueries owners;
  private final AuditLogQueries log;
  private final NameCase nameCase;

  /** Histories of the owners of this ledger. */
  public OwnerHistoryQueries(
      Ledger ledger, OwnerQueries owners, AuditLogQueries log, NameCase nameCase) {
    this.ledger = ledger;
    this.owners = owners;
    this.log = log;
    this.nameCase = nameCase;
  }

  /**
   * An owner.
   *
   * @param counting the allocation that counts
   * @param allocations all allocations, the latest first
   * @param events all events, oldest first
   */
  public record OwnerHistory(
      Allocation counting, List<Allocation> allocations, List<Event> events) {
    /** Copies the lists. */
    public OwnerHistory {
      allocations = List.copyOf(allocations);
      events = List.copyOf(events);
    }
  }

  /**
   * The history of an owner.
   *
   * @param nameOrUid as for {@link OwnerQueries#owner}
   * @param stableId the owner meant, among those who had the name
   * @throws Refused if the ledger has never known the owner
   */
  public OwnerHistory of(String nameOrUid, Optional<String> stableId) {
    Allocation counting =
        stableId
            .map(id -> new EventOwner(Optional.empty(), Optional.of(id)))
            .flatMap(EventOwner::stableId)
            .map(id -> identified(nameOrUid, id))
            .orElseGet(() -> owners.owner(nameOrUid));
    String id = counting.owner().stableId();
    List<Allocation> allocations =
        ledger.read(
            queries ->
                queries.ofOwner(id).stream()
                    .sorted(Comparator.comparingLong(Allocation::serial).reversed())
                    .toList());
    List<Event> events = log.all(new EventOwner(Optional.empty(), Optional.of(id)));
    return new OwnerHistory(counting, allocations, events);
  }

  private Allocation identified(String name, String stableId) {
    return ledger
        .read(queries -> queries.countingFor(stableId))
        .orElseThrow(
            () ->
                new Refused(
                    RefusalCode.UNKNOWN_OWNER,
                    "no owner %s has the stable ID %s".formatted(name, stableId)));
  }

  /**
   * The owners who have or had this name: the allocation that counts of each, the present holder
   * first. Empty for a text that is no name.
   */
  public List<Allocation> everNamed(String text) {
    Optional<OwnerName> name = name(text);
    return name.isEmpty() ? List.of() : ledger.read(queries -> everNamed(queries, name.get()));
  }

  private List<Allocation> everNamed(LedgerQueries queries, OwnerName name) {
    Map<String, Allocation> found = new LinkedHashMap<>();
    OwnerQueries.present(queries, nameCase, name).ifPresent(a -> found.put(id(a), a));
    Stream.of(nameCase.of(name), name)
        .distinct()
        .map(spelling -> queries.names().stableIdsUnder(spelling))
        .flatMap(Collection::stream)
        .flatMap(stableId -> queries.countingFor(stableId).stream())
        .forEach(a -> found.putIfAbsent(id(a), a));
    return List.copyOf(found.values());
  }

  /**
   * Who had this name at a moment: the allocations as they were then. Empty for a text that is no
   * name.
   */
  public List<Allocation> namedAt(String text, Instant at) {
    Optional<OwnerName> name = name(text);
    return name.isEmpty() ? List.of() : ledger.read(queries -> namedAt(queries, name.get(), at));
  }

  private List<Allocation> namedAt(LedgerQueries queries, OwnerName name, Instant at) {
    return everNamed(queries, name).stream()
        .flatMap(counting -> queries.ofOwner(id(counting)).stream())
        .flatMap(a -> queries.history().asOf(a.id(), at).stream())
        .filter(then -> Stream.of(nameCase.of(name), name).anyMatch(then.owner().name()::equals))
        .toList();
  }

  /**
   * Who had this uid at a moment, of the owner who has it now or had it last: the allocations as
   * they were then.
   */
  public List<Allocation> withUidAt(long uid, Instant at) {
    return ledger.read(
        queries ->
            queries.currentWithUid(uid).stream()
                .flatMap(last -> queries.ofOwner(id(last)).stream())
                .flatMap(a -> queries.history().asOf(a.id(), at).stream())
                .filter(then -> then.owner().uidNumber() == uid)
                .toList());
  }

  private static String id(Allocation allocation) {
    return allocation.owner().stableId();
  }

  private static Optional<OwnerName> name(String text) {
    try {
      return Optional.of(new OwnerName(text));
    } catch (NameRefused e) {
      return Optional.empty();
    }
  }
}
