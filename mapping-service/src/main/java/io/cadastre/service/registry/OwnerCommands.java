/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.event.AuditContext;
import io.cadastre.service.failure.OwnerHeld;
import io.cadastre.service.failure.PoolHeld;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerTransaction;
import io.cadastre.service.registry.AllocationResult.Allocated;
import io.cadastre.service.registry.AllocationResult.NotAllocated;
import io.cadastre.service.registry.AllocationResult.NotNow;
import io.cadastre.service.registry.AllocationResult.Outcome;
import io.cadastre.service.registry.Identities.ResolvedAccount;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Changes the range of an owner: allocate, retire, supersede. Each command asks the directory
 * first, then changes the ledger in one transaction, then wakes the publisher. Thread-safe.
 */
public final class OwnerCommands {
  private final Ledger ledger;
  private final Identities identities;
  private final Publisher publisher;
  private final ChangeGate gate;
  private final AdmissionRules rules;
  private final ShownChanges changes;

  /** Commands on the owners of this ledger. */
  public OwnerCommands(
      Ledger ledger,
      Identities identities,
      Publisher publisher,
      ChangeGate gate,
      AdmissionRules rules) {
    this.ledger = ledger;
    this.identities = identities;
    this.publisher = publisher;
    this.gate = gate;
    this.rules = rules;
    this.changes = new ShownChanges(ledger, identities, publisher, gate, rules);
  }

  /** The changes of one owner that can be shown before they are made. */
  public ShownChanges changes() {
    return changes;
  }

  /**
   * Returns the range of an account; allocates one if the account has none. Idempotent.
   *
   * @throws Refused if the request cannot succeed before the caller or an admin changes something
   * @throws PoolHeld if an entry of the directory holds the pool
   * @throws OwnerHeld if another owner has the name or uid until the next read of the accounts
   */
  public Allocated allocate(AllocateRequest request, AuditContext context) {
    gate.check();
    ResolvedAccount account = identities.resolve(request);
    Scope scope = identities.scope(context);
    Allocated result =
        ledger.change(transaction -> admit(transaction, account, request, scope, context));
    return result.withDirectory(publisher.await(result.allocation().owner()));
  }

  /** Begins a batch, or the dry run of one: pass it to each {@link #allocateAll} of the batch. */
  public ChangeRunner runner(boolean dryRun) {
    return new ChangeRunner(ledger, dryRun);
  }

  /**
   * Allocates as {@link #allocate} does, many in one transaction. A refused request does not affect
   * the others.
   *
   * @return a result for each request, in their order
   */
  public List<AllocationResult> allocateAll(
      List<AllocateRequest> requests, ChangeRunner runner, AuditContext context) {
    gate.check();
    Scope scope = identities.scope(context);
    Function<AllocateRequest, ResolvedAccount> accounts = identities.resolveAll(requests);
    List<Owner> owners = new ArrayList<>();
    List<Function<LedgerTransaction, AllocationResult>> admissions = new ArrayList<>();
    for (AllocateRequest request : requests) {
      try {
        ResolvedAccount account = accounts.apply(request);
        owners.add(account.owner());
        Optional<Allocation> earlier = runner.earlier(account.owner().stableId());
        admissions.add(
            transaction ->
                earlier.isPresent()
                    ? again(earlier.get(), request.pool())
                    : admitOrRefuse(transaction, account, request, scope, context));
      } catch (Refused refused) {
        admissions.add(transaction -> new NotAllocated(refused));
      }
    }
    List<AllocationResult> results;
    try {
      results =
          runner.run(
              transaction -> {
                transaction.expect(owners);
                return admissions.stream().map(admit -> admit.apply(transaction)).toList();
              });
    } catch (Refused refused) {
      // The database cannot store a value, which rolled the valid requests back as well.
      return requests.size() == 1
          ? List.of(new NotAllocated(refused))
          : requests.stream()
              .flatMap(request -> allocateAll(List.of(request), runner, context).stream())
              .toList();
    }
    runner.keep(results);
    publisher.signal();
    return new PublishingStates(publisher).of(results);
  }

  /** An owner that has a range from an earlier change of the same dry run. */
  private static AllocationResult again(Allocation earlier, Optional<String> pool) {
    return pool.isPresent() && !pool.equals(earlier.pool())
        ? new NotAllocated(AdmissionRefusals.otherPool(earlier, pool.get()))
        : new Allocated(earlier, Outcome.UNCHANGED);
  }

  private AllocationResult admitOrRefuse(
      LedgerTransaction transaction,
      ResolvedAccount account,
      AllocateRequest request,
      Scope scope,
      AuditContext context) {
    try {
      return admit(transaction, account, request, scope, context);
    } catch (Refused refused) {
      return new NotAllocated(refused);
    } catch (PoolHeld | OwnerHeld held) {
      return new NotNow(held);
    }
  }

  private Allocated admit(
      LedgerTransaction transaction,
      ResolvedAccount account,
      AllocateRequest request,
      Scope scope,
      AuditContext context) {
    return admission(transaction, account.owner(), scope).admit(account, request, context);
  }

  private Admission admission(LedgerTransaction transaction, Owner owner, Scope scope) {
    return new Admission(transaction, identities.realIdsWith(owner), gate, rules, scope);
  }

  /** Retires the owner who has this name, as the other {@code retire} does without a stable id. */
  public void retire(OwnerName name, AuditContext context) {
    retire(name, Optional.empty(), false, context);
  }

  /**
   * Retires an owner: the range is no longer served and stays reserved for this owner. A retired
   * owner stays as it is.
   *
   * @param name the name of the owner; a former name if the owner is retired already
   * @param stableId the owner meant, among those who have or had the name, as the ledger or the
   *     caller writes it; the present holder of the name if empty
   * @param dryRun whether only to refuse what the real run would refuse
   * @throws Refused if the ledger has never known the owner, the name is a former one of an owner
   *     who is not retired, or the caller may not change the owner
   */
  public void retire(
      OwnerName name, Optional<String> stableId, boolean dryRun, AuditContext context) {
    PlannedChange unused = changes.retire(name, stableId, PlannedChange.mode(dryRun), context);
  }

  /**
   * Moves an owner to a new range. The old range is closed for good and stays in the history of the
   * owner; a retired owner becomes active, under the new range only.
   *
   * @param pool the pool of the new range; the default pool if empty
   * @param dryRun whether to return the result without making the change
   * @throws Refused without a reason, for an unknown owner, or if no range is left
   */
  public Allocated supersede(
      OwnerName name, Optional<String> pool, boolean dryRun, AuditContext context) {
    Allocation allocation =
        changes.supersede(name, old -> pool, PlannedChange.mode(dryRun), context).after();
    Owner owner = allocation.owner();
    return new Allocated(
        allocation,
        Outcome.CREATED,
        dryRun ? publisher.stateOnceChanged(owner) : publisher.await(owner));
  }
}
