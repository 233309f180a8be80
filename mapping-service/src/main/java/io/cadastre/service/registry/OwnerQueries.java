/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

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

/** The questions that libsubid asks, answered from the ledger alone. Thread-safe. */
public final class OwnerQueries {
  /** Former allocations and events of an owner that one answer has at most. */
  public static final int MOST = 100;

  private static final int MAX_DIGITS = 10;

  private final Ledger ledger;

  /** Look-ups in this ledger. */
  public OwnerQueries(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * What is known of an owner: list_owner_ranges, and the latest {@value #MOST} former allocations
   * and events.
   *
   * @param nameOrUid a login name, or a uid where all characters are digits
   * @throws Refused if the ledger has never known him
   */
  public OwnerView owner(String nameOrUid) {
    return ledger.read(
        queries -> {
          Allocation present =
              present(queries, nameOrUid).orElseThrow(() -> unknownOwner(nameOrUid));
          String stableId = present.owner().stableId();
          List<Event> latest = queries.latestEventsOf(stableId, MOST + 1);
          return new OwnerView(
              present.owner(),
              present,
              queries.formerOf(stableId, MOST),
              latest.subList(Math.max(0, latest.size() - MOST), latest.size()),
              latest.size() > MOST);
        });
  }

  /**
   * Whether an owner's active range contains this one: has_range.
   *
   * @throws Refused if the ledger has never known him
   */
  public boolean contains(String nameOrUid, IdType type, IdRange range) {
    Allocation present =
        ledger
            .read(queries -> present(queries, nameOrUid))
            .orElseThrow(() -> unknownOwner(nameOrUid));
    return present.state() == AllocationState.ACTIVE && present.range(type).contains(range);
  }

  /**
   * Whose range holds an ID, whatever its state: find_subid_owners.
   *
   * @param at as it was then; as it is now if empty
   * @throws Refused if it is, or was then, nobody's
   */
  public Allocation holder(IdType type, long id, Optional<Instant> at) {
    return ledger
        .read(
            queries ->
                queries
                    .holding(type, id)
                    .flatMap(a -> at.map(t -> queries.asOf(a.id(), t)).orElse(Optional.of(a))))
        .orElseThrow(
            () ->
                new Refused(
                    RefusalCode.UNOWNED_ID,
                    "%s %d is in nobody's range%s"
                        .formatted(type.word(), id, at.map(t -> " at " + t).orElse(""))));
  }

  private static Optional<Allocation> present(LedgerQueries queries, String nameOrUid) {
    boolean digits = !nameOrUid.isEmpty() && nameOrUid.chars().allMatch(c -> c >= '0' && c <= '9');
    if (digits) {
      return nameOrUid.length() > MAX_DIGITS
          ? Optional.empty()
          : queries.presentWithUid(Long.parseLong(nameOrUid));
    }
    try {
      return queries.presentNamed(new OwnerName(nameOrUid));
    } catch (NameRefused e) {
      throw new Refused(RefusalCode.INVALID_NAME, e);
    }
  }

  /** Of several owners of one name or uid, the one it means: the active one, else the latest. */
  static Optional<Allocation> presentOf(List<Allocation> candidates) {
    return candidates.stream()
        .min(
            Comparator.comparing((Allocation a) -> rank(a.state()))
                .thenComparing(Comparator.comparing(Allocation::serial).reversed()));
  }

  private static int rank(AllocationState state) {
    return switch (state) {
      case ACTIVE -> 0;
      // Not the one before the other: a retired one's name may be a withheld one's of long ago.
      case WITHHELD, RETIRED -> 1;
      case SUPERSEDED -> 2;
    };
  }

  /** Why there is no such owner; a name that could not be allocated is refused as such. */
  static Refused unknownOwner(String nameOrUid) {
    NewNames.requireIfName(nameOrUid);
    return new Refused(
        RefusalCode.UNKNOWN_OWNER,
        "the ledger has never known an owner \"%s\"; PUT /v1/owners/NAME allocates a range"
            .formatted(nameOrUid));
  }

  static Refused notMovable(OwnerName name) {
    NewNames.require(name);
    return new Refused(
        RefusalCode.WRONG_STATE,
        "%s has no active or retired range to supersede; a PUT gives him one".formatted(name));
  }
}
