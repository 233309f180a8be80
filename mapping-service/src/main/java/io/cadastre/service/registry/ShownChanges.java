/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerTransaction;
import io.cadastre.service.registry.Identities.ResolvedAccount;
import io.cadastre.service.registry.PlannedChange.Mode;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.OwnerName;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Changes of one owner that a dry run can show, and that are then made only if they are still the
 * same: retire, reinstate, supersede. Each is one transaction; the publisher is woken. Thread-safe.
 */
public final class ShownChanges {
  private static final Set<AllocationState> MOVABLE =
      Set.of(AllocationState.ACTIVE, AllocationState.RETIRED);

  private final Ledger ledger;
  private final Identities identities;
  private final Publisher publisher;
  private final ChangeGate gate;
  private final AdmissionRules rules;

  ShownChanges(
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
  }

  /**
   * Retires an owner, as {@link OwnerCommands#retire}.
   *
   * @throws Refused as there, and if the change is not the one that was shown
   */
  public PlannedChange retire(
      OwnerName name, Optional<String> stableId, Mode mode, AuditContext context) {
    gate.check();
    Scope scope = identities.scope(context);
    PlannedChange change =
        runner(mode)
            .run(
                transaction -> {
                  transaction.guard().allow(scope::allows);
                  Retirement retirement =
                      new Retirement(transaction.flush(), identities.nameCase());
                  Allocation allocation =
                      stableId
                          .map(id -> retirement.identified(name, id))
                          .orElseGet(() -> retirement.named(name));
                  scope.requireOwner(allocation);
                  Allocation retired = allocation.withState(AllocationState.RETIRED);
                  if (allocation.state() != AllocationState.RETIRED) {
                    retired = transaction.change(allocation, retired, EventKind.RETIRE, context);
                  }
                  return checked(mode, allocation, retired);
                });
    publisher.signal();
    return change;
  }

  /**
   * Gives a retired owner the range back. Where callers say who an account is, it is the one that
   * the ledger has recorded.
   *
   * @throws Refused as {@link OwnerCommands#allocate}, if the owner has no range, and if the change
   *     is not the one that was shown
   */
  public PlannedChange reinstate(OwnerName name, Mode mode, AuditContext context) {
    gate.check();
    AllocateRequest request = new AllocateRequest(name, Optional.empty(), Optional.empty(), true);
    ResolvedAccount account =
        identities.fromDirectory()
            ? identities.resolve(request)
            : new ResolvedAccount(recorded(name).owner(), Optional.empty(), true, true);
    Scope scope = identities.scope(context);
    PlannedChange change =
        runner(mode)
            .run(
                transaction -> {
                  Allocation before =
                      transaction
                          .flush()
                          .countingFor(account.owner().stableId())
                          .orElseThrow(() -> OwnerQueries.unknownOwner(name.value()));
                  Admission admission =
                      new Admission(
                          transaction, identities.realIdsWith(account.owner()), gate, rules, scope);
                  return checked(
                      mode, before, admission.admit(account, request, context).allocation());
                });
    publisher.signal();
    return change;
  }

  /**
   * Moves an owner to a new range, as {@link OwnerCommands#supersede}.
   *
   * @param pool chooses the pool for the allocation that the owner has; empty for the first one
   * @throws Refused as there, and if the change is not the one that was shown
   */
  public PlannedChange supersede(
      OwnerName name,
      Function<Allocation, Optional<String>> pool,
      Mode mode,
      AuditContext context) {
    gate.check(context, "supersede");
    PlannedChange change =
        runner(mode)
            .run(
                transaction -> {
                  Allocation old =
                      current(transaction, name)
                          .filter(a -> MOVABLE.contains(a.state()))
                          .orElseThrow(() -> OwnerQueries.notMovable(name));
                  Admission admission =
                      new Admission(
                          transaction,
                          identities.realIdsWith(old.owner()),
                          gate,
                          rules,
                          identities.scope(context));
                  return checked(mode, old, admission.supersede(old, pool.apply(old), context));
                });
    publisher.signal();
    return change;
  }

  private ChangeRunner runner(Mode mode) {
    return new ChangeRunner(ledger, mode.isDryRun());
  }

  private Allocation recorded(OwnerName name) {
    return ledger.read(queries -> new Retirement(queries, identities.nameCase()).named(name));
  }

  private Optional<Allocation> current(LedgerTransaction transaction, OwnerName name) {
    return OwnerQueries.present(transaction.flush(), identities.nameCase(), name);
  }

  /** Throws, and so rolls the transaction back, if the change is not the one that was shown. */
  private static PlannedChange checked(Mode mode, Allocation before, Allocation after) {
    PlannedChange change = new PlannedChange(before, after);
    mode.check(change);
    return change;
  }
}
