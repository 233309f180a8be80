/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.failure.PoolHeld;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.Allocator;
import io.cadastre.service.ledger.LedgerTransaction;
import io.cadastre.service.ledger.RealIds;
import io.cadastre.service.registry.AllocationResult.Allocated;
import io.cadastre.service.registry.AllocationResult.Outcome;
import io.cadastre.service.registry.Identities.ResolvedAccount;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Owner;
import io.cadastre.subid.Pool;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides within one transaction which range an owner gets. The stable id identifies an owner: a
 * new account under an old name or uid inherits nothing, and an old account under a new name keeps
 * its range. Used by one thread.
 */
final class Admission {
  /**
   * UUIDs of version 7 (RFC 9562) are in the order of time, so that new rows lie beside each other
   * in the indexes of the ledger. Thread-safe.
   */
  private static final NoArgGenerator IDS = Generators.timeBasedEpochGenerator();

  private final LedgerTransaction transaction;
  private final Allocator allocator;
  private final ChangeGate gate;
  private final AdmissionRules rules;
  private final Scope scope;

  Admission(
      LedgerTransaction transaction,
      Function<IdRange, RealIds> realIds,
      ChangeGate gate,
      AdmissionRules rules,
      Scope scope) {
    this.transaction = transaction;
    this.allocator =
        new Allocator(
            transaction,
            range ->
                rules.mappedIds().touching(range).isPresent()
                    ? RealIds.MAPPED
                    : realIds.apply(range));
    this.gate = gate;
    this.rules = rules;
    this.scope = scope;
    transaction.guard().allow(scope::allows);
  }

  /**
   * Returns the range of the owner; allocates one if the owner has none.
   *
   * @throws Refused if the owner is retired and the request does not reinstate, the owner has a
   *     range in another pool, the pool is full or unknown, the name and uid are those of a
   *     recorded owner with another stable id, the name is reserved, or new to the ledger and
   *     refused, or the request is outside of the scope
   * @throws PoolHeld if an entry of the directory holds the pool
   */
  Allocated admit(ResolvedAccount account, AllocateRequest request, AuditContext context) {
    Owner owner = account.owner();
    scope.requireAccount(owner);
    boolean absent = transaction.isAbsent(owner);
    Optional<Allocation> known =
        absent ? Optional.empty() : transaction.flush().countingFor(owner.stableId());
    known.ifPresent(scope::requireOwner);
    if (!known.map(a -> a.owner().name()).equals(Optional.of(owner.name()))) {
      requireNotReserved(owner);
    }
    if (known.isPresent()) {
      return keep(known.get(), account, request, context);
    }
    if (!account.entitled()) {
      throw AdmissionRefusals.notEntitled(owner);
    }
    List<Allocation> namesakes = Namesakes.of(transaction, owner, scope);
    scope.requireNamesakes(namesakes);
    scope.requireDn(transaction, owner);
    namesakes.forEach(namesake -> requireOther(namesake, account));
    AdmissionRules.requireNew(owner);
    Pool chosen = chosen(request.pool());
    scope.requirePool(chosen.name(), owner);
    scope.requireMayWithhold(owner, namesakes);
    Allocation wanted = wanted(owner, chosen);
    Namesakes.withhold(transaction, namesakes, context);
    return new Allocated(allocate(wanted, chosen, context), Outcome.CREATED);
  }

  /**
   * Moves an owner to a new range. The old range is closed for good and stays in the history of the
   * owner.
   *
   * @throws Refused if the pool is full or unknown, the name is reserved, or another active owner
   *     has the name or uid now
   * @throws PoolHeld if an entry of the directory holds the pool
   */
  Allocation supersede(Allocation old, Optional<String> pool, AuditContext context) {
    Owner owner = old.owner();
    if (old.state() != AllocationState.ACTIVE) {
      Namesakes.of(transaction.flush(), owner).stream()
          .filter(other -> other.state() == AllocationState.ACTIVE)
          .findFirst()
          .ifPresent(
              other -> {
                throw AdmissionRefusals.formerOwner(owner, other.owner());
              });
    }
    requireNotReserved(owner);
    Pool chosen = chosen(pool);
    Allocation wanted = wanted(owner, chosen);
    transaction.change(
        old, old.withState(AllocationState.SUPERSEDED), EventKind.SUPERSEDE, context);
    return allocate(wanted, chosen, context);
  }

  private Allocated keep(
      Allocation known, ResolvedAccount account, AllocateRequest request, AuditContext context) {
    request
        .pool()
        .filter(wanted -> !known.pool().equals(Optional.of(wanted)))
        .ifPresent(
            wanted -> {
              throw AdmissionRefusals.otherPool(known, wanted);
            });
    Owner owner = account.owner();
    AdmissionRules.requireRename(known, owner);
    if (known.state() != AllocationState.ACTIVE || !known.owner().equals(owner)) {
      requireMayChange(known, owner);
    }
    return switch (known.state()) {
      case ACTIVE ->
          new Allocated(
              known.owner().equals(owner)
                  ? known
                  : activate(transaction, known, owner, EventKind.FOLLOW, context),
              Outcome.UNCHANGED);
      case RETIRED, WITHHELD -> {
        requireStableId(known, account);
        requireReinstating(known, request);
        EventKind kind =
            known.state() == AllocationState.RETIRED ? EventKind.REINSTATE : EventKind.RESTORE;
        yield new Allocated(activate(transaction, known, owner, kind, context), Outcome.REINSTATED);
      }
      case SUPERSEDED -> throw new IllegalStateException("a superseded allocation never counts");
    };
  }

  /** Before anything is changed, since the other requests of a batch share the transaction. */
  private void requireMayChange(Allocation known, Owner owner) {
    if (scope.isLimited()) {
      if (known.state() != AllocationState.ACTIVE) {
        scope.requireMayReopen(known, owner, transaction.flush().history().closings(known.id()));
      }
      List<Allocation> namesakes = Namesakes.of(transaction, owner, scope);
      scope.requireNamesakes(namesakes);
      scope.requireDn(transaction, owner);
      scope.requireMayWithhold(owner, namesakes);
    }
  }

  /** A retirement is a decision: only a request that says so undoes it. */
  private static void requireReinstating(Allocation known, AllocateRequest request) {
    if (known.state() == AllocationState.RETIRED && !request.reinstate()) {
      throw AdmissionRefusals.ownerRetired(known, request);
    }
  }

  private Pool chosen(Optional<String> name) {
    List<Pool> pools = transaction.pools();
    return name.map(
            wanted ->
                pools.stream()
                    .filter(pool -> pool.name().equals(wanted))
                    .findFirst()
                    .orElseThrow(() -> AdmissionRefusals.unknownPool(wanted, pools)))
        .orElseGet(() -> pools.get(0));
  }

  private Allocation wanted(Owner owner, Pool pool) {
    gate.check(pool);
    IdRange range = pool.range(allocator.slotFor(pool, owner));
    return newAllocation(owner, Optional.of(pool.name()), range, range);
  }

  private Allocation allocate(Allocation wanted, Pool pool, AuditContext context) {
    return transaction.grant(wanted, pool.slotOf(wanted.uidRange()), EventKind.ALLOCATE, context);
  }

  /** Returns an active allocation with a new id; the ledger sets the serial. */
  static Allocation newAllocation(
      Owner owner, Optional<String> pool, IdRange uidRange, IdRange gidRange) {
    return new Allocation(
        IDS.generate(), owner, pool, uidRange, gidRange, AllocationState.ACTIVE, 0);
  }

  /** Makes an allocation active under the current identity of its owner. */
  static Allocation activate(
      LedgerTransaction transaction,
      Allocation known,
      Owner owner,
      EventKind kind,
      AuditContext context) {
    Namesakes.withhold(transaction, owner, context);
    return transaction.change(
        known, known.withOwner(owner).withState(AllocationState.ACTIVE), kind, context);
  }

  private void requireNotReserved(Owner owner) {
    if (rules.reservedNames().contains(owner.name())) {
      throw AdmissionRefusals.reservedName(owner);
    }
  }

  /**
   * An account with both the name and the uid may be the same person with a new stable id. One with
   * the name or the uid is, if the stable id only changed its form.
   */
  private static void requireOther(Allocation namesake, ResolvedAccount account) {
    requireStableId(namesake, account);
    Owner recorded = namesake.owner();
    Owner owner = account.owner();
    boolean both =
        recorded.name().equals(owner.name()) && recorded.uidNumber() == owner.uidNumber();
    if (both || account.wasRecordedAs(recorded)) {
      throw AdmissionRefusals.identityChanged(recorded, owner);
    }
  }

  private static void requireStableId(Allocation recorded, ResolvedAccount account) {
    if (!account.byStableId()) {
      throw AdmissionRefusals.identityReused(recorded, account.owner());
    }
  }
}
