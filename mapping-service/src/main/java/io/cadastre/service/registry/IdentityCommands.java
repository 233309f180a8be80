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
import io.cadastre.service.ledger.RealIds;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Owner;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Ties stored owners to the stable ids that their accounts have now, after somebody has said that
 * they are the same people: the directory was reloaded or replaced, and every entryUUID is new.
 */
public final class IdentityCommands {
  private final Ledger ledger;
  private final Accounts accounts;
  private final Identities identities;
  private final Publisher publisher;
  private final ChangeGate gate;

  /** IdentityCommands to the accounts of the directory, or to those that callers vouch for. */
  public IdentityCommands(
      Ledger ledger,
      Accounts accounts,
      Identities identities,
      Publisher publisher,
      ChangeGate gate) {
    this.ledger = ledger;
    this.accounts = accounts;
    this.identities = identities;
    this.publisher = publisher;
    this.gate = gate;
  }

  /** A stored owner and the account that has his name and uid now. */
  public record Match(Allocation stored, Owner account) {}

  /**
   * Rebinds the owner of this name to the account of this name.
   *
   * @param request whose account it is, as for an allocation; its pool counts for nothing
   * @param dryRun whether to take it back: the answer then says what would be
   * @throws Refused without a reason, if there is nothing to rebind, or if the account has a range
   */
  public Allocation rebind(AllocateRequest request, boolean dryRun, AuditContext context) {
    OwnerCommands.requireReason(context, "rebind");
    gate.check();
    Owner account = identities.of(request).owner();
    Function<LedgerTransaction, Allocation> change =
        transaction ->
            rebind(transaction, new Match(stored(transaction.flush(), account), account), context);
    Allocation rebound = dryRun ? ledger.dryRun().run(change) : ledger.change(change);
    publisher.signal();
    return rebound;
  }

  private static Allocation stored(LedgerQueries queries, Owner account) {
    return match(queries, account).orElseThrow(() -> nothingToRebind(account));
  }

  private static Refused nothingToRebind(Owner account) {
    NewNames.require(account.name());
    return new Refused(
        RefusalCode.UNKNOWN_OWNER,
        "no stored owner has the name %s and the uid %d under another stable id: there is nothing to rebind"
            .formatted(account.name(), account.uidNumber()));
  }

  /**
   * Rebinds every stored owner whose name and uid an account has under another stable id.
   *
   * @param dryRun whether only to say whom
   * @return who was, or would be, rebound
   */
  public List<Match> rebindAll(boolean dryRun, AuditContext context) {
    OwnerCommands.requireReason(context, "rebind");
    gate.check();
    AccountIndex read =
        accounts
            .read()
            .orElseThrow(() -> new Refused(RefusalCode.BAD_REQUEST, "no directory is configured"));
    List<Match> matches = ledger.read(queries -> matches(queries, read));
    if (!dryRun && !matches.isEmpty()) {
      ledger.change(
          transaction -> {
            matches(transaction.flush(), read).forEach(m -> rebind(transaction, m, context));
            return true;
          });
      publisher.signal();
    }
    return matches;
  }

  private static List<Match> matches(LedgerQueries queries, AccountIndex read) {
    return read.owners().stream()
        .filter(account -> !read.isAmbiguous(account.stableId()))
        .filter(account -> queries.countingFor(account.stableId()).isEmpty())
        .flatMap(account -> match(queries, account).map(a -> new Match(a, account)).stream())
        .toList();
  }

  /** Several may have had both, one after the other. */
  private static Optional<Allocation> match(LedgerQueries queries, Owner account) {
    return OwnerQueries.presentOf(
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
                  "%s already has the range %s under his present stable id"
                      .formatted(match.account().name(), own.uidRange()));
            });
    Allocation stored = match.stored();
    transaction.flush().ofOwner(stored.owner().stableId()).stream()
        .filter(a -> a.state() == AllocationState.SUPERSEDED)
        .forEach(a -> bind(transaction, a, match.account(), a.state(), context));
    AllocationState state =
        stored.state() == AllocationState.WITHHELD ? AllocationState.ACTIVE : stored.state();
    Allocation bound = bind(transaction, stored, match.account(), state, context);
    if (state == AllocationState.ACTIVE) {
      new Admission(transaction, range -> RealIds.NONE, AdmissionRules.byDefault())
          .withholdNamesakes(match.account(), context);
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
