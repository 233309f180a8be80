/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.directory.AccountIndex;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.ledger.LedgerTransaction;
import io.cadastre.service.registry.Identities.ResolvedAccount;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Owner;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Changes the stable ids of recorded owners to those of their accounts, after an admin has
 * confirmed that they are the same people: the directory was reloaded or replaced, and every
 * entryUUID is new. Thread-safe.
 */
public final class IdentityCommands {
  private final Ledger ledger;
  private final Accounts accounts;
  private final Identities identities;
  private final Publisher publisher;
  private final ChangeGate gate;
  private final AdmissionRules rules;

  /** Commands on the owners of this ledger. */
  public IdentityCommands(
      Ledger ledger,
      Accounts accounts,
      Identities identities,
      Publisher publisher,
      ChangeGate gate,
      AdmissionRules rules) {
    this.ledger = ledger;
    this.accounts = accounts;
    this.identities = identities;
    this.publisher = publisher;
    this.gate = gate;
    this.rules = rules;
  }

  /**
   * The result of rebinding all owners.
   *
   * @param rebound the owners that were, or would be, rebound
   * @param undecided owners that stay as they are, each with an account that had the same stable id
   *     in an earlier version
   */
  public record Rebinding(List<Match> rebound, List<Match> undecided) {
    /** Copies the lists. */
    public Rebinding {
      rebound = List.copyOf(rebound);
      undecided = List.copyOf(undecided);
    }
  }

  /** A recorded owner and the account that has the name and uid of the owner now. */
  public record Match(Allocation stored, Owner account) {}

  /**
   * Rebinds the owner with the name and uid of an account to that account. One of them is enough if
   * the stable id only changed its form.
   *
   * @param request the account, as for an allocation; the pool is ignored
   * @param dryRun whether to return the result without making the change
   * @throws Refused without a reason, if there is nothing to rebind, or if the account has a range
   */
  public Allocation rebind(AllocateRequest request, boolean dryRun, AuditContext context) {
    return rebind(request, PlannedChange.mode(dryRun), context).after();
  }

  /**
   * The same as a change that can be shown before it is made.
   *
   * @throws Refused as there, and if the change is not the one that was shown
   */
  public PlannedChange rebind(
      AllocateRequest request, PlannedChange.Mode mode, AuditContext context) {
    gate.check(context, "rebind");
    ResolvedAccount resolved = identities.resolve(request);
    Owner account = resolved.owner();
    PlannedChange rebound =
        new ChangeRunner(ledger, mode.isDryRun())
            .run(
                transaction -> {
                  Allocation stored =
                      recordedAs(transaction.flush(), resolved)
                          .or(() -> match(transaction.flush(), account))
                          .orElseThrow(() -> nothingToRebind(account));
                  requireRename(stored, account);
                  PlannedChange change =
                      new PlannedChange(
                          stored, rebind(transaction, new Match(stored, account), context));
                  mode.check(change);
                  return change;
                });
    publisher.signal();
    return rebound;
  }

  private void requireRename(Allocation stored, Owner account) {
    AdmissionRules.requireRename(stored, account);
    if (!rules.mayFollow(stored.owner(), account)) {
      throw AdmissionRefusals.reservedName(account);
    }
  }

  private static Refused nothingToRebind(Owner account) {
    AdmissionRules.requireNewName(account.name());
    return new Refused(
        RefusalCode.UNKNOWN_OWNER,
        "no recorded owner has the name %s and the uid %d under another stable id: there is nothing to rebind"
            .formatted(account.name(), account.uidNumber()));
  }

  /**
   * Rebinds every recorded owner with the name and uid of an account under another stable id. If
   * the stable id only changed its form, that tells the account, whatever its name and uid are now.
   *
   * @param dryRun whether only to return them
   * @return the owners rebound, and those that an admin must decide one by one
   */
  public Rebinding rebindAll(boolean dryRun, AuditContext context) {
    gate.check(context, "rebind");
    AccountIndex read =
        accounts
            .refresh()
            .orElseThrow(() -> new Refused(RefusalCode.BAD_REQUEST, "no directory is configured"));
    Rebinding rebinding =
        ledger.read(queries -> new Rebinding(matches(queries, read), undecided(queries, read)));
    if (!dryRun && !rebinding.rebound().isEmpty()) {
      ledger.change(
          transaction -> {
            matches(transaction.flush(), read).forEach(m -> rebind(transaction, m, context));
            return true;
          });
      publisher.signal();
    }
    return rebinding;
  }

  private List<Match> matches(LedgerQueries queries, AccountIndex read) {
    Map<Owner, Match> byFormerId =
        FormerStableIds.recorded(queries, read).stream()
            .filter(stored -> !FormerStableIds.isShared(stored, read))
            .map(
                stored ->
                    new Match(stored, read.byFormerStableId(stored.owner().stableId()).get(0)))
            .filter(match -> AdmissionRules.mayRename(match.stored(), match.account()))
            .filter(match -> rules.mayFollow(match.stored().owner(), match.account()))
            .collect(Collectors.toMap(Match::account, Function.identity()));
    return read.owners().stream()
        .filter(account -> !read.isAmbiguous(account.stableId()))
        .filter(account -> queries.countingFor(account.stableId()).isEmpty())
        .flatMap(
            account ->
                Optional.ofNullable(byFormerId.get(account))
                    .or(() -> sameNameAndUid(queries, read, account))
                    .stream())
        .toList();
  }

  private static Optional<Match> sameNameAndUid(
      LedgerQueries queries, AccountIndex read, Owner account) {
    return match(queries, account)
        .filter(a -> read.byFormerStableId(a.owner().stableId()).isEmpty())
        .map(a -> new Match(a, account));
  }

  private static List<Match> undecided(LedgerQueries queries, AccountIndex read) {
    return FormerStableIds.recorded(queries, read).stream()
        .filter(stored -> FormerStableIds.isShared(stored, read))
        .flatMap(
            stored ->
                read.byFormerStableId(stored.owner().stableId()).stream()
                    .map(account -> new Match(stored, account)))
        .toList();
  }

  private static Optional<Allocation> recordedAs(LedgerQueries queries, ResolvedAccount account) {
    return queries.countingUnder(account.owner()).stream()
        .filter(a -> account.wasRecordedAs(a.owner()))
        .findFirst();
  }

  /** Several owners may have had both name and uid, one after the other. */
  private static Optional<Allocation> match(LedgerQueries queries, Owner account) {
    return OwnerQueries.currentOf(
        queries.countingUnder(account).stream()
            .filter(a -> a.owner().name().equals(account.name()))
            .filter(a -> a.owner().uidNumber() == account.uidNumber())
            .filter(a -> !a.owner().stableId().equals(account.stableId()))
            .toList());
  }

  private static Allocation rebind(
      LedgerTransaction transaction, Match match, AuditContext context) {
    transaction
        .flush()
        .countingFor(match.account().stableId())
        .ifPresent(
            own -> {
              throw new Refused(
                  RefusalCode.WRONG_STATE,
                  "%s already has the range %s under the current stable id"
                      .formatted(match.account().name(), own.uidRange()));
            });
    // Another owner of this rebinding may have taken the name, and withheld this one.
    Allocation stored = transaction.flush().byId(match.stored().id()).orElseThrow();
    transaction.flush().ofOwner(stored.owner().stableId()).stream()
        .filter(a -> a.state() == AllocationState.SUPERSEDED)
        .forEach(a -> bind(transaction, a, match.account(), a.state(), context));
    AllocationState state =
        stored.state() == AllocationState.WITHHELD ? AllocationState.ACTIVE : stored.state();
    Allocation bound = bind(transaction, stored, match.account(), state, context);
    if (state == AllocationState.ACTIVE) {
      Namesakes.withhold(transaction, match.account(), context);
    }
    return bound;
  }

  private static Allocation bind(
      LedgerTransaction transaction,
      Allocation a,
      Owner owner,
      AllocationState state,
      AuditContext context) {
    return transaction.change(a, a.withOwner(owner).withState(state), EventKind.REBIND, context);
  }
}
