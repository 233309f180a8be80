/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.registry;

import cadastre.service.directory.AccountRead;
import cadastre.service.failure.RefusalCode;
import cadastre.service.failure.Refused;
import cadastre.service.ledger.EventKind;
import cadastre.service.ledger.Ledger;
import cadastre.service.ledger.LedgerReader;
import cadastre.service.ledger.LedgerTransaction;
import cadastre.service.ledger.Origin;
import cadastre.service.ledger.RealIds;
import cadastre.subid.Allocation;
import cadastre.subid.AllocationState;
import cadastre.subid.Owner;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Ties stored owners to the stable ids that their accounts have now, after somebody has said that
 * they are the same people: the directory was reloaded or replaced, and every entryUUID is new.
 */
public final class Rebinding {
  private final Ledger ledger;
  private final Accounts accounts;
  private final Identities identities;
  private final Publisher publisher;
  private final DirectoryGuard guard;

  /** Rebinding to the accounts of the directory, or to those that callers vouch for. */
  public Rebinding(
      Ledger ledger,
      Accounts accounts,
      Identities identities,
      Publisher publisher,
      DirectoryGuard guard) {
    this.ledger = ledger;
    this.accounts = accounts;
    this.identities = identities;
    this.publisher = publisher;
    this.guard = guard;
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
  public Allocation rebind(AllocateRequest request, boolean dryRun, Origin origin) {
    Registry.requireReason(origin, "rebind");
    guard.check();
    Owner account = identities.of(request).owner();
    Function<LedgerTransaction, Allocation> change =
        transaction ->
            rebind(transaction, new Match(stored(transaction.read(), account), account), origin);
    Allocation rebound = dryRun ? ledger.preview().run(change) : ledger.change(change);
    publisher.signal();
    return rebound;
  }

  private static Allocation stored(LedgerReader reader, Owner account) {
    return match(reader, account).orElseThrow(() -> nothingToRebind(account));
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
  public List<Match> rebindAll(boolean dryRun, Origin origin) {
    Registry.requireReason(origin, "rebind");
    guard.check();
    AccountRead read =
        accounts
            .read()
            .orElseThrow(() -> new Refused(RefusalCode.BAD_REQUEST, "no directory is configured"));
    List<Match> matches = ledger.read(reader -> matches(reader, read));
    if (!dryRun && !matches.isEmpty()) {
      ledger.change(
          transaction -> {
            matches(transaction.read(), read).forEach(m -> rebind(transaction, m, origin));
            return true;
          });
      publisher.signal();
    }
    return matches;
  }

  private static List<Match> matches(LedgerReader reader, AccountRead read) {
    return read.owners().stream()
        .filter(account -> !read.isAmbiguous(account.stableId()))
        .filter(account -> reader.countingFor(account.stableId()).isEmpty())
        .flatMap(account -> match(reader, account).map(a -> new Match(a, account)).stream())
        .toList();
  }

  /** Several may have had both, one after the other. */
  private static Optional<Allocation> match(LedgerReader reader, Owner account) {
    return Lookups.presentOf(
        reader.countingUnder(account).stream()
            .filter(a -> a.owner().name().equals(account.name()))
            .filter(a -> a.owner().uidNumber() == account.uidNumber())
            .filter(a -> !a.owner().stableId().equals(account.stableId()))
            .toList());
  }

  private static Allocation rebind(LedgerTransaction transaction, Match match, Origin origin) {
    transaction
        .read()
        .countingFor(match.account().stableId())
        .ifPresent(
            own -> {
              throw new Refused(
                  RefusalCode.WRONG_STATE,
                  "%s already has the range %s under his present stable id"
                      .formatted(match.account().name(), own.uidRange()));
            });
    Allocation stored = match.stored();
    transaction.read().ofOwner(stored.owner().stableId()).stream()
        .filter(a -> a.state() == AllocationState.SUPERSEDED)
        .forEach(a -> bind(transaction, a, match.account(), a.state(), origin));
    AllocationState state =
        stored.state() == AllocationState.WITHHELD ? AllocationState.ACTIVE : stored.state();
    Allocation bound = bind(transaction, stored, match.account(), state, origin);
    if (state == AllocationState.ACTIVE) {
      new Admission(transaction, range -> RealIds.NONE, AdmissionRules.byDefault())
          .withholdNamesakes(match.account(), origin);
    }
    return bound;
  }

  private static Allocation bind(
      LedgerTransaction transaction,
      Allocation a,
      Owner owner,
      AllocationState state,
      Origin origin) {
    return transaction.change(a, a.withOwner(owner).withState(state), EventKind.REBIND, origin);
  }
}
