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
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.NameRefused;
import io.cadastre.subid.OwnerName;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Answers the questions of libsubid from the ledger alone. Thread-safe. */
public final class OwnerQueries {
  /** Former allocations of one answer at most, and events. */
  public static final int MOST = 100;

  private static final int MAX_DIGITS = 10;

  private final Ledger ledger;
  private final NameCase nameCase;

  /** Queries on the owners of this ledger, with names as the requests spell them. */
  public OwnerQueries(Ledger ledger) {
    this(ledger, NameCase.PRESERVE);
  }

  /** Queries on the owners of this ledger, with names in this case. */
  public OwnerQueries(Ledger ledger, NameCase nameCase) {
    this.ledger = ledger;
    this.nameCase = nameCase;
  }

  /**
   * Returns an owner with the range (list_owner_ranges), the latest {@value #MOST} former
   * allocations and the latest {@value #MOST} events.
   *
   * @param nameOrUid a login name, or a uid if all characters are digits. A name that no owner has
   *     means the owner who had it last
   * @throws Refused if the ledger has never known the owner
   */
  public OwnerView owner(String nameOrUid) {
    return ledger.read(
        queries -> {
          Allocation current = known(queries, nameOrUid).orElseThrow(() -> unknownOwner(nameOrUid));
          String stableId = current.owner().stableId();
          List<Event> latest = queries.latestEventsOf(stableId, MOST + 1);
          return new OwnerView(
              current.owner(),
              current,
              queries.formerOf(stableId, MOST),
              latest.subList(Math.max(0, latest.size() - MOST), latest.size()),
              latest.size() > MOST);
        });
  }

  /**
   * Whether an owner's active range contains this one: has_range. A former name has none.
   *
   * @throws Refused if the ledger has never known the owner
   */
  public boolean contains(String nameOrUid, IdType type, IdRange range) {
    Allocation current =
        ledger
            .read(queries -> byPresentName(queries, nameOrUid))
            .orElseThrow(() -> unknownOwner(nameOrUid));
    return current.state() == AllocationState.ACTIVE && current.range(type).contains(range);
  }

  /**
   * Returns the allocation with this ID in any state: find_subid_owners.
   *
   * @param at the moment to look at; now if empty
   * @throws Refused if no allocation has, or had, the ID, or if the ledger has no history of the
   *     moment
   */
  public Allocation holder(IdType type, long id, Optional<Instant> at) {
    return ledger
        .read(
            queries -> {
              Optional<Allocation> present = queries.holding(type, id);
              at.ifPresent(
                  t -> requireHistory(queries, present, "%s %d".formatted(type.word(), id), t));
              return at.isPresent()
                  ? present.flatMap(a -> queries.history().asOf(a.id(), at.get()))
                  : present;
            })
        .orElseThrow(
            () ->
                new Refused(
                    RefusalCode.UNOWNED_ID,
                    "%s %d is in no range of an owner%s"
                        .formatted(type.word(), id, at.map(t -> " at " + t).orElse(""))));
  }

  /** Without events "nobody" would be a statement that the ledger cannot make. */
  private static void requireHistory(
      LedgerQueries queries, Optional<Allocation> present, String subject, Instant at) {
    queries
        .history()
        .gapAt(present.map(Allocation::id), at)
        .ifPresent(
            gap -> {
              throw new Refused(
                  RefusalCode.HISTORY_UNKNOWN,
                  "%s at %s: %s".formatted(subject, at, gap.sentence()));
            });
  }

  private Optional<Allocation> known(LedgerQueries queries, String nameOrUid) {
    Optional<Allocation> found =
        find(queries, nameOrUid, queries.names()::presentHolder)
            .or(() -> find(queries, nameOrUid, queries.names()::lastHolder));
    return found.map(a -> queries.countingFor(a.owner().stableId()).orElse(a));
  }

  private Optional<Allocation> byPresentName(LedgerQueries queries, String nameOrUid) {
    return find(queries, nameOrUid, queries::currentNamed);
  }

  private Optional<Allocation> find(
      LedgerQueries queries, String nameOrUid, Function<OwnerName, Optional<Allocation>> byName) {
    boolean digits = !nameOrUid.isEmpty() && nameOrUid.chars().allMatch(c -> c >= '0' && c <= '9');
    if (digits) {
      return nameOrUid.length() > MAX_DIGITS
          ? Optional.empty()
          : queries.currentWithUid(Long.parseLong(nameOrUid));
    }
    try {
      return inAnyCase(queries, nameCase, new OwnerName(nameOrUid), byName);
    } catch (NameRefused e) {
      throw new Refused(RefusalCode.INVALID_NAME, e);
    }
  }

  /** Returns the allocation of the present holder of the name, by {@link #inAnyCase}. */
  static Optional<Allocation> present(LedgerQueries queries, NameCase nameCase, OwnerName name) {
    return inAnyCase(queries, nameCase, name, queries.names()::presentHolder);
  }

  /**
   * Looks a present name up. Where names are lowered, the ledger may still have one as the
   * directory spells it, since the renames of many owners wait for an admin.
   */
  static Optional<Allocation> inAnyCase(
      LedgerQueries queries,
      NameCase nameCase,
      OwnerName name,
      Function<OwnerName, Optional<Allocation>> lookUp) {
    Optional<Allocation> found = nameCase.find(name, lookUp);
    return found.isPresent() || nameCase == NameCase.PRESERVE
        ? found
        : queries.names().onlyHolderInAnyCase(nameCase.of(name));
  }

  /** Returns the owner that a name or uid means: the active one, else the latest. */
  static Optional<Allocation> currentOf(List<Allocation> candidates) {
    return candidates.stream()
        .min(
            Comparator.comparing((Allocation a) -> rank(a.state()))
                .thenComparing(Comparator.comparing(Allocation::serial).reversed()));
  }

  private static int rank(AllocationState state) {
    return switch (state) {
      case ACTIVE -> 0;
      // Equal rank: a retired owner may have the name that a withheld owner had long ago.
      case WITHHELD, RETIRED -> 1;
      case SUPERSEDED -> 2;
    };
  }

  /** Returns the refusal of an unknown owner; throws that of an invalid name. */
  static Refused unknownOwner(String nameOrUid) {
    AdmissionRules.requireUidOrNewName(nameOrUid);
    return new Refused(
        RefusalCode.UNKNOWN_OWNER,
        "the ledger has never known an owner \"%s\"; PUT /v1/owners/NAME allocates a range"
            .formatted(nameOrUid));
  }

  static Refused notMovable(OwnerName name) {
    AdmissionRules.requireNewName(name);
    return new Refused(
        RefusalCode.WRONG_STATE,
        "%s has no active or retired range to supersede; a PUT allocates one".formatted(name));
  }
}
