/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.failure.PoolHeld;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.DryRun;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerTransaction;
import io.cadastre.service.registry.Admission.Admitted;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The changes that a request can ask for. Each asks the directory first, then changes the ledger in
 * one transaction, then lets the outbox publish. Thread-safe.
 */
public final class OwnerCommands {
  private static final Set<AllocationState> MOVABLE =
      Set.of(AllocationState.ACTIVE, AllocationState.RETIRED);

  private final Ledger ledger;
  private final Identities identities;
  private final Publisher publisher;
  private final ChangeGate gate;
  private final AdmissionRules rules;

  /** The registry over these parts. */
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
  }

  /**
   * Gives an account its range: the one it has, or a new one. Idempotent.
   *
   * @throws Refused if the caller must change something first
   */
  public AllocationResult allocate(AllocateRequest request, AuditContext context) {
    gate.check();
    ResolvedAccount identified = identities.of(request);
    Admitted admitted =
        ledger.change(transaction -> admit(transaction, identified, request.pool(), context));
    return granted(admitted);
  }

  /**
   * Gives many accounts their ranges, in one transaction; a refused one stops no other.
   *
   * @param dryRun takes it all back, if given: the answers then say what would be
   * @return a line for each request, in their order
   */
  public List<BatchLine> allocateAll(
      List<AllocateRequest> requests, Optional<DryRun> dryRun, AuditContext context) {
    gate.check();
    Function<AllocateRequest, ResolvedAccount> accounts = identities.of(requests);
    List<Object> identified = new ArrayList<>();
    for (AllocateRequest request : requests) {
      identified.add(attempt(() -> accounts.apply(request)));
    }
    Function<LedgerTransaction, List<Object>> all =
        transaction -> {
          transaction.expect(owners(identified));
          List<Object> results = new ArrayList<>();
          for (int i = 0; i < requests.size(); i++) {
            Object who = identified.get(i);
            Optional<String> pool = requests.get(i).pool();
            results.add(
                who instanceof ResolvedAccount account
                    ? attempt(() -> admit(transaction, account, pool, context))
                    : who);
          }
          return results;
        };
    List<Object> results;
    try {
      results = dryRun.map(preview -> preview.run(all)).orElseGet(() -> ledger.change(all));
    } catch (Refused refused) {
      return oneByOne(requests, dryRun, context, refused);
    }
    publisher.signal();
    List<Admitted> admitted =
        results.stream().filter(Admitted.class::isInstance).map(Admitted.class::cast).toList();
    Map<Owner, DirectoryState> directory =
        publisher.states(
            admitted.stream()
                .filter(result -> result.outcome() == Outcome.UNCHANGED)
                .map(result -> result.allocation().owner())
                .toList());
    admitted.stream()
        .filter(result -> result.outcome() != Outcome.UNCHANGED)
        .map(result -> result.allocation().owner())
        .forEach(owner -> directory.put(owner, publisher.stateOnceChanged(owner)));
    List<BatchLine> lines = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      lines.add(line(requests.get(i).name(), results.get(i), directory));
    }
    return lines;
  }

  /**
   * A value that the database cannot hold takes the whole transaction back, good lines included.
   */
  private List<BatchLine> oneByOne(
      List<AllocateRequest> requests,
      Optional<DryRun> dryRun,
      AuditContext context,
      Refused refused) {
    return requests.size() == 1
        ? List.of(new BatchLine(requests.get(0).name(), Optional.empty(), Optional.of(refused)))
        : requests.stream()
            .flatMap(request -> allocateAll(List.of(request), dryRun, context).stream())
            .toList();
  }

  /** Begins a dry run, of as many calls of {@link #allocateAll} as it takes. */
  public DryRun dryRun() {
    return ledger.dryRun();
  }

  private static List<Owner> owners(List<Object> identified) {
    return identified.stream()
        .filter(ResolvedAccount.class::isInstance)
        .map(who -> ((ResolvedAccount) who).owner())
        .toList();
  }

  private interface Attempt {
    Object make();
  }

  private static Object attempt(Attempt attempt) {
    try {
      return attempt.make();
    } catch (Refused | PoolHeld refused) {
      return refused;
    }
  }

  private static BatchLine line(
      OwnerName name, Object result, Map<Owner, DirectoryState> directory) {
    if (result instanceof Admitted admitted) {
      Allocation allocation = admitted.allocation();
      DirectoryState state = directory.getOrDefault(allocation.owner(), DirectoryState.PENDING);
      return new BatchLine(
          name,
          Optional.of(new AllocationResult(allocation, admitted.outcome(), state)),
          Optional.empty());
    }
    return new BatchLine(name, Optional.empty(), Optional.of((RuntimeException) result));
  }

  private Admitted admit(
      LedgerTransaction transaction,
      ResolvedAccount identified,
      Optional<String> pool,
      AuditContext context) {
    return new Admission(transaction, identities.realIdsWith(identified.owner()), rules)
        .admit(identified, pool, context);
  }

  private AllocationResult granted(Admitted admitted) {
    Allocation allocation = admitted.allocation();
    return new AllocationResult(
        allocation, admitted.outcome(), publisher.await(allocation.owner()));
  }

  /**
   * Closes an owner's range until he asks again; it stays his. Retiring a retired one does nothing.
   *
   * @throws Refused if the ledger has never known the name
   */
  public void retire(OwnerName name, AuditContext context) {
    gate.check();
    ledger.change(
        transaction -> {
          Optional<Allocation> counting = transaction.flush().presentNamed(name);
          Allocation allocation =
              counting.orElseThrow(() -> OwnerQueries.unknownOwner(name.value()));
          // A superseded one is closed already; its owner has moved on, under another name.
          if (allocation.state() == AllocationState.ACTIVE
              || allocation.state() == AllocationState.WITHHELD) {
            transaction.change(
                allocation,
                allocation.withState(AllocationState.RETIRED),
                EventKind.RETIRE,
                context);
          }
          return true;
        });
    publisher.signal();
  }

  /**
   * Moves an owner to a new range; the old one stays his in the history, closed for good. A retired
   * owner is active again, under the new range only.
   *
   * @param pool the pool of the new range; the default pool if empty
   * @param dryRun whether to take it back: the answer then says what would be
   * @throws Refused without a reason, for an unknown owner, or if there is no range to give
   */
  public AllocationResult supersede(
      OwnerName name, Optional<String> pool, boolean dryRun, AuditContext context) {
    requireReason(context, "supersede");
    gate.check();
    Function<LedgerTransaction, Allocation> move =
        transaction -> {
          Allocation old =
              transaction
                  .flush()
                  .presentNamed(name)
                  .filter(a -> MOVABLE.contains(a.state()))
                  .orElseThrow(() -> OwnerQueries.notMovable(name));
          return new Admission(transaction, identities.realIdsWith(old.owner()), rules)
              .supersede(old, pool, context);
        };
    Allocation allocation = dryRun ? ledger.dryRun().run(move) : ledger.change(move);
    if (dryRun) {
      return new AllocationResult(
          allocation, Outcome.CREATED, publisher.stateOnceChanged(allocation.owner()));
    }
    return granted(new Admitted(allocation, Outcome.CREATED));
  }

  static void requireReason(AuditContext context, String change) {
    if (context.reason().filter(reason -> !reason.isBlank()).isEmpty()) {
      throw new Refused(
          RefusalCode.REASON_MISSING,
          "to %s needs a \"reason\": it is kept in the event for whoever audits it"
              .formatted(change));
    }
  }
}
