/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.Allocator;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.ledger.LedgerTransaction;
import io.cadastre.service.ledger.RealIds;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Owner;
import io.cadastre.subid.Pool;
import io.cadastre.subid.ShellWord;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Decides, within one change to the ledger, what an owner gets. An owner is his stable id: a new
 * account under an old name or uid inherits nothing, and an old one under a new name keeps his
 * range.
 */
final class Admission {
  private final LedgerTransaction transaction;
  private final Allocator allocator;
  private final AdmissionRules rules;

  Admission(
      LedgerTransaction transaction, Function<IdRange, RealIds> realIds, AdmissionRules rules) {
    this.transaction = transaction;
    this.allocator = new Allocator(transaction, realIds);
    this.rules = rules;
  }

  /** What was decided. */
  record Admitted(Allocation allocation, Outcome outcome) {}

  /**
   * Gives the owner his range: the one he has, or a new one.
   *
   * @throws Refused if the owner has a range in another pool, the pool is full or unknown, the name
   *     and uid are those of a stored owner under another stable id, or the name is reserved, or
   *     new to the ledger and refused
   * @throws io.cadastre.service.failure.PoolHeld if an entry of the directory holds the pool
   */
  Admitted admit(ResolvedAccount identified, Optional<String> pool, AuditContext context) {
    Owner owner = identified.owner();
    boolean absent = transaction.isAbsent(owner);
    Optional<Allocation> known =
        absent ? Optional.empty() : transaction.flush().countingFor(owner.stableId());
    if (!known.map(a -> a.owner().name()).equals(Optional.of(owner.name()))) {
      refuseIfReserved(owner);
    }
    if (known.isPresent()) {
      return keep(known.get(), identified, pool, context);
    }
    refuseIfNotEntitled(identified);
    List<Allocation> namesakes = absent ? List.of() : namesakes(owner);
    namesakes.forEach(namesake -> refuseIfSame(namesake, identified));
    NewNames.require(owner.name());
    Allocation wanted = wanted(owner, chosen(pool));
    withhold(namesakes, context);
    return new Admitted(
        transaction.grant(wanted, slotOf(wanted), EventKind.ALLOCATE, context), Outcome.CREATED);
  }

  /**
   * Moves an owner to a new range; the old one stays his in the history, closed for good.
   *
   * @throws Refused if the pool is full or unknown, the name is reserved, or the name or uid is an
   *     active owner's now
   * @throws io.cadastre.service.failure.PoolHeld if an entry of the directory holds the pool
   */
  Allocation supersede(Allocation old, Optional<String> pool, AuditContext context) {
    if (old.state() != AllocationState.ACTIVE) {
      namesakes(old.owner()).stream()
          .filter(other -> other.state() == AllocationState.ACTIVE)
          .findFirst()
          .ifPresent(other -> refuseFormer(old.owner(), other.owner()));
    }
    refuseIfReserved(old.owner());
    Allocation wanted = wanted(old.owner(), chosen(pool));
    transaction.change(
        old, old.withState(AllocationState.SUPERSEDED), EventKind.SUPERSEDE, context);
    return transaction.grant(wanted, slotOf(wanted), EventKind.ALLOCATE, context);
  }

  /** Makes an allocation active under the identity that its owner has now. */
  Allocation activate(Allocation known, Owner owner, EventKind kind, AuditContext context) {
    withholdNamesakes(owner, context);
    return transaction.change(
        known, known.withOwner(owner).withState(AllocationState.ACTIVE), kind, context);
  }

  /** Nobody but the owner goes on under his name or his uid. */
  void withholdNamesakes(Owner owner, AuditContext context) {
    withhold(namesakes(owner), context);
  }

  private Admitted keep(
      Allocation known, ResolvedAccount identified, Optional<String> pool, AuditContext context) {
    pool.filter(wanted -> !known.pool().equals(Optional.of(wanted)))
        .ifPresent(wanted -> refuseOtherPool(known, wanted));
    Owner owner = identified.owner();
    NewNames.requireRename(known, owner);
    return switch (known.state()) {
      case ACTIVE ->
          new Admitted(
              known.owner().equals(owner)
                  ? known
                  : activate(known, owner, EventKind.FOLLOW, context),
              Outcome.UNCHANGED);
      case RETIRED, WITHHELD -> {
        refuseIfUnidentified(known, identified);
        EventKind kind =
            known.state() == AllocationState.RETIRED ? EventKind.REINSTATE : EventKind.RESTORE;
        yield new Admitted(activate(known, owner, kind, context), Outcome.REINSTATED);
      }
      case SUPERSEDED -> throw new IllegalStateException("a superseded allocation never counts");
    };
  }

  private Pool chosen(Optional<String> name) {
    List<Pool> pools = transaction.pools();
    return name.map(
            wanted ->
                pools.stream()
                    .filter(pool -> pool.name().equals(wanted))
                    .findFirst()
                    .orElseThrow(() -> unknownPool(wanted, pools)))
        .orElseGet(() -> pools.get(0));
  }

  private Allocation wanted(Owner owner, Pool pool) {
    rules.holds().check(pool);
    IdRange range = pool.range(allocator.slotFor(pool, owner));
    return new Allocation(
        AllocationIds.next(),
        owner,
        Optional.of(pool.name()),
        range,
        range,
        AllocationState.ACTIVE,
        0);
  }

  private OptionalLong slotOf(Allocation wanted) {
    return chosen(wanted.pool()).slotOf(wanted.uidRange());
  }

  private List<Allocation> namesakes(Owner owner) {
    return namesakes(transaction.flush(), owner);
  }

  /** The counting allocations of other owners under this one's name or uid. */
  static List<Allocation> namesakes(LedgerQueries queries, Owner owner) {
    return queries.countingUnder(owner).stream()
        .filter(other -> !other.owner().stableId().equals(owner.stableId()))
        .toList();
  }

  private void withhold(List<Allocation> namesakes, AuditContext context) {
    namesakes.stream()
        .filter(other -> other.state() == AllocationState.ACTIVE)
        .forEach(
            other ->
                transaction.change(
                    other, other.withState(AllocationState.WITHHELD), EventKind.WITHHOLD, context));
  }

  private void refuseIfReserved(Owner owner) {
    if (rules.reservedNames().contains(owner.name())) {
      throw new Refused(
          RefusalCode.RESERVED_NAME,
          "the name %s is reserved: nodes have local accounts of that name, so it gets no new range. Rename the account, or take the name out of reservedNames in the configuration."
              .formatted(owner.name()));
    }
  }

  private static void refuseIfNotEntitled(ResolvedAccount identified) {
    if (!identified.entitled()) {
      throw new Refused(
          RefusalCode.NOT_ENTITLED,
          "%s (uid %d) exists but is outside of what the site gives ranges to: see entitlementFilter and minimumUid in the configuration"
              .formatted(identified.owner().name(), identified.owner().uidNumber()));
    }
  }

  private static void refuseIfSame(Allocation namesake, ResolvedAccount identified) {
    refuseIfUnidentified(namesake, identified);
    Owner stored = namesake.owner();
    Owner owner = identified.owner();
    if (stored.name().equals(owner.name()) && stored.uidNumber() == owner.uidNumber()) {
      throw new Refused(
          RefusalCode.IDENTITY_CHANGED,
          "%s (uid %d) is known by the stable id %s and now has %s. If it is the same person, for instance after the directory was reloaded, run: cadastre rebind %s --reason WHY - if it is another person, then also: cadastre supersede %s --reason WHY"
              .formatted(
                  owner.name(),
                  owner.uidNumber(),
                  stored.stableId(),
                  owner.stableId(),
                  ShellWord.of(owner.name().value()),
                  ShellWord.of(owner.name().value())));
    }
  }

  private static void refuseIfUnidentified(Allocation known, ResolvedAccount identified) {
    if (!identified.byStableId()) {
      throw new Refused(
          RefusalCode.IDENTITY_REUSED,
          "the name %s or the uid %d belongs to an owner whose range %s is %s, and the request has no stableId that could tell whether this is the same person. Send a stableId, after: cadastre rebind %s --stable-id ID --reason WHY ..."
              .formatted(
                  identified.owner().name(),
                  identified.owner().uidNumber(),
                  known.uidRange(),
                  known.state().word(),
                  ShellWord.of(known.owner().name().value())));
    }
  }

  private static void refuseFormer(Owner former, Owner present) {
    throw new Refused(
        RefusalCode.WRONG_STATE,
        "%s (uid %d) is retired, and his name or uid is that of the active owner %s (uid %d) now: an active range of his would be found under it. Give his account another name and uid first; a PUT then reinstates him."
            .formatted(former.name(), former.uidNumber(), present.name(), present.uidNumber()));
  }

  private static void refuseOtherPool(Allocation known, String wanted) {
    throw new Refused(
        RefusalCode.OTHER_POOL,
        "%s has the range %s of %s; an owner has one range, so pool %s is refused. An admin can supersede it."
            .formatted(
                known.owner().name(),
                known.uidRange(),
                known.pool().map(p -> "pool " + p).orElse("no pool (imported)"),
                wanted));
  }

  private static Refused unknownPool(String wanted, List<Pool> pools) {
    return new Refused(
        RefusalCode.UNKNOWN_POOL,
        "there is no pool \"%s\"; the pools are %s"
            .formatted(wanted, String.join(", ", pools.stream().map(Pool::name).toList())));
  }
}
