/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.config.NameCase;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.view.CurrentView;
import io.cadastre.service.view.LedgerView;
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

/**
 * Answers the questions of libsubid: from memory for the present, from the database for the past.
 * Thread-safe.
 */
public final class OwnerQueries {
  private static final int MAX_DIGITS = 10;

  private final CurrentView views;
  private final Ledger ledger;
  private final NameCase nameCase;

  /** Queries on the owners of this ledger, with names as the requests spell them. */
  public OwnerQueries(CurrentView views, Ledger ledger) {
    this(views, ledger, NameCase.PRESERVE);
  }

  /**
   * Queries on the owners of a ledger.
   *
   * @param views the ledger's present
   * @param ledger the ledger, for its past
   * @param nameCase the case of names
   */
  public OwnerQueries(CurrentView views, Ledger ledger, NameCase nameCase) {
    this.views = views;
    this.ledger = ledger;
    this.nameCase = nameCase;
  }

  /**
   * Returns the allocation of an owner that counts: list_owner_ranges.
   *
   * @param nameOrUid a login name, or a uid if all characters are digits. A name that no owner has
   *     means the owner who had it last
   * @throws Refused if the ledger has never known the owner
   */
  public Allocation owner(String nameOrUid) {
    return presentOwner(nameOrUid)
        .or(() -> ledger.read(queries -> lastKnown(queries, nameOrUid)))
        .orElseThrow(() -> unknownOwner(nameOrUid));
  }

  /**
   * Returns what {@link #owner} does for a name or uid that an owner has now; empty for all others.
   * Asks no database.
   *
   * @throws Refused if the name is not valid
   */
  public Optional<Allocation> presentOwner(String nameOrUid) {
    return present(views.get(), nameOrUid).filter(a -> a.state() != AllocationState.SUPERSEDED);
  }

  /**
   * Whether an owner's active range contains this one: has_range. A former name has none.
   *
   * @throws Refused if the ledger has never known the owner
   */
  public boolean contains(String nameOrUid, IdType type, IdRange range) {
    Allocation current =
        present(views.get(), nameOrUid)
            .or(() -> ledger.read(queries -> inAnotherCase(queries, nameOrUid)))
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
    return at.map(moment -> holderAt(type, id, moment))
        .orElseGet(() -> views.get().holding(type, id))
        .orElseThrow(
            () ->
                new Refused(
                    RefusalCode.UNOWNED_ID,
                    "%s %d is in no range of an owner%s"
                        .formatted(type.word(), id, at.map(t -> " at " + t).orElse(""))));
  }

  private Optional<Allocation> holderAt(IdType type, long id, Instant at) {
    return ledger.read(
        queries -> {
          Optional<Allocation> present = queries.holding(type, id);
          requireHistory(queries, present, "%s %d".formatted(type.word(), id), at);
          return present.flatMap(a -> queries.history().asOf(a.id(), at));
        });
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

  /** Finds an owner in memory by a name or uid that an allocation has now, in any state. */
  private Optional<Allocation> present(LedgerView view, String nameOrUid) {
    return isUid(nameOrUid)
        ? uid(nameOrUid).flatMap(view::currentWithUid)
        : nameCase.find(name(nameOrUid), view::currentNamed);
  }

  /** Finds an owner in the ledger by a name that no owner has now, or by a former uid. */
  private Optional<Allocation> lastKnown(LedgerQueries queries, String nameOrUid) {
    Optional<Allocation> found =
        isUid(nameOrUid)
            ? uid(nameOrUid).flatMap(queries::currentWithUid)
            : present(queries, nameCase, name(nameOrUid))
                .or(() -> nameCase.find(name(nameOrUid), queries.names()::lastHolder));
    return found.map(a -> queries.countingFor(a.owner().stableId()).orElse(a));
  }

  private Optional<Allocation> inAnotherCase(LedgerQueries queries, String nameOrUid) {
    return isUid(nameOrUid)
        ? Optional.empty()
        : inAnyCase(queries, nameCase, name(nameOrUid), queries::currentNamed);
  }

  private static boolean isUid(String nameOrUid) {
    for (int i = 0; i < nameOrUid.length(); i++) {
      if (nameOrUid.charAt(i) < '0' || nameOrUid.charAt(i) > '9') {
        return false;
      }
    }
    return !nameOrUid.isEmpty();
  }

  private static Optional<Long> uid(String digits) {
    return digits.length() > MAX_DIGITS ? Optional.empty() : Optional.of(Long.parseLong(digits));
  }

  private static OwnerName name(String name) {
    try {
      return new OwnerName(name);
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
            Comparator.comparing((Allocation a) -> a.state().rank())
                .thenComparing(Comparator.comparing(Allocation::serial).reversed()));
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
