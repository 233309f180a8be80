/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.directory.AccountIndex;
import io.cadastre.service.directory.DirectoryUnavailable;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerTransaction;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Synchronizes the ledger with the accounts of the directory. After each read of all accounts it
 * records renames and moves, withholds owners whose account is missing, and restores owners whose
 * account is back. Thread-safe.
 *
 * <p>A directory with wrong answers must not take ranges away: if a read fails, or if more than a
 * tenth of the owners (and more than three) are lost in a day, the missing owners stay active. An
 * owner is withheld all the same if another account has the name or uid. Too many new names at once
 * wait: see {@link Renames}.
 */
public final class AccountSynchronizer {
  private static final Logger LOG = LoggerFactory.getLogger(AccountSynchronizer.class);
  private static final int LOSS_DIVISOR = 10;
  private static final long LOSS_ALWAYS_BELIEVED = 3;

  private final Ledger ledger;
  private final Accounts accounts;
  private final Publisher publisher;
  private final ChangeGate gate;
  private final AdmissionRules rules;
  private volatile List<Finding> findings = List.of();
  private volatile Renames renames = Renames.NONE;
  private volatile boolean sparing;

  /** A synchronizer with these accounts. */
  public AccountSynchronizer(
      Ledger ledger,
      Accounts accounts,
      Publisher publisher,
      ChangeGate gate,
      AdmissionRules rules) {
    this.ledger = ledger;
    this.accounts = accounts;
    this.publisher = publisher;
    this.gate = gate;
    this.rules = rules;
  }

  /**
   * The result of one synchronization, as counts of owners.
   *
   * @param followed renamed, renumbered or moved
   * @param withheld missing, or displaced by an account with the same name or uid
   * @param restored back in the directory
   * @param spared missing and not withheld, since too many are missing to be believed
   * @param renames the followed and restored owners with new names, or those that wait
   */
  public record Followed(int followed, int withheld, int restored, int spared, Renames renames) {}

  /** Reads all accounts and synchronizes. */
  public void run() {
    Optional<Followed> unused = readAndFollow(FollowAcceptance.NOTHING, false);
  }

  /**
   * Reads all accounts and synchronizes. Returns empty without a directory, and while the gate
   * holds changes back: the accounts are read then, and nothing else is done, since the ledger may
   * be an old one.
   *
   * @param accepted what an admin accepts of the read
   * @param dryRun whether only to count
   * @throws DirectoryUnavailable if the directory does not answer to the end
   */
  public Optional<Followed> readAndFollow(FollowAcceptance accepted, boolean dryRun) {
    long serial = ledger.head().serial();
    Optional<AccountIndex> read = accounts.refresh();
    return gate.obstacle().isPresent()
        ? Optional.empty()
        : read.map(r -> follow(r, serial, accepted, dryRun));
  }

  /**
   * Synchronizes with one read.
   *
   * @param serial the serial of the ledger before the read began: an allocation that changed since
   *     may know its account better than the read does, and waits for the next read
   */
  private Followed follow(
      AccountIndex read, long serial, FollowAcceptance accepted, boolean dryRun) {
    Optional<AuditContext> acceptedBy = accepted.losses();
    SynchronizationPlan whole =
        ledger.read(
            queries ->
                SynchronizationPlan.of(queries, read, serial, acceptedBy.isPresent(), rules));
    Renames renamed = Renames.of(whole, read, rules, accepted.renames().isPresent());
    SynchronizationPlan plan = renamed.waiting() ? whole.withoutRenames(read, rules) : whole;
    long lost = plan.losses().withheld() + plan.missing().size();
    long limit = Math.max(LOSS_ALWAYS_BELIEVED, plan.losses().activeBefore() / LOSS_DIVISOR);
    boolean believed = acceptedBy.isPresent() || plan.missing().isEmpty() || lost <= limit;
    Set<Allocation> displaced = Set.copyOf(plan.displaced());
    List<Allocation> missing = plan.missing().stream().filter(a -> !displaced.contains(a)).toList();
    List<Allocation> spared = believed ? List.of() : missing;
    List<Allocation> withheld = new ArrayList<>(displaced);
    if (believed) {
      withheld.addAll(missing);
    }
    boolean accepts = acceptedBy.isPresent() && lost > 0;
    boolean changes =
        !withheld.isEmpty() || !plan.moved().isEmpty() || !plan.back().isEmpty() || accepts;
    if (!dryRun) {
      report(spared, lost, limit, renamed, read);
    }
    if (changes && !dryRun) {
      ledger.change(
          transaction -> {
            List<Allocation> moved = followable(transaction, plan.moved(), read, serial);
            List<Allocation> back = followable(transaction, plan.back(), read, serial);
            unchanged(transaction, withheld).forEach(a -> withhold(transaction, a));
            moved.forEach(a -> activate(transaction, a, read, EventKind.FOLLOW, accepted));
            back.forEach(a -> activate(transaction, a, read, EventKind.RESTORE, accepted));
            // Last, so that the accepted losses are no longer counted.
            acceptedBy
                .filter(context -> accepts)
                .ifPresent(
                    context -> transaction.note(EventKind.ACCEPT_LOSS, plan.losses(), context));
            return true;
          });
      publisher.signal();
    }
    return new Followed(
        plan.moved().size(), withheld.size(), plan.back().size(), spared.size(), renamed);
  }

  private void report(
      List<Allocation> spared, long lost, long limit, Renames renamed, AccountIndex read) {
    if (renamed.waiting() && !renames.waiting()) {
      LOG.warn("{}", renamed.warning().orElseThrow());
    }
    renames = renamed;
    boolean spares = !spared.isEmpty();
    if (spares && !sparing) {
      LOG.warn(
          "{} owners are missing from the directory or were withheld in the last 24 hours, and {}"
              + " are believed: the others are not withheld unless another account has their name"
              + " or uid. If they are gone, run: cadastre follow --accept-loss",
          lost,
          limit);
    } else if (!spares && sparing) {
      LOG.info("every owner missing from the directory is withheld");
    }
    sparing = spares;
    findings =
        ledger.read(
            queries -> SynchronizerFindings.of(spared, lost, limit, renamed, queries, read));
  }

  /** What waits for an admin, with the remedy: new names. */
  public Optional<String> warning() {
    return renames.warning();
  }

  /**
   * The missing owners that are not withheld, the renames that wait, the accounts with refused
   * names, and the stable ids in an earlier form.
   */
  public List<Finding> findings() {
    return findings;
  }

  /** Returns the allocations that no request has changed since the plan. */
  private static List<Allocation> unchanged(
      LedgerTransaction transaction, List<Allocation> planned) {
    return planned.stream()
        .filter(a -> transaction.flush().byId(a.id()).filter(a::equals).isPresent())
        .toList();
  }

  /**
   * Returns the unchanged ones with a name and uid that no other owner got since the read began.
   */
  private List<Allocation> followable(
      LedgerTransaction transaction, List<Allocation> planned, AccountIndex read, long serial) {
    return unchanged(transaction, planned).stream()
        .filter(
            a ->
                Namesakes.of(
                        transaction.flush(),
                        SynchronizationPlan.account(read, a, rules).orElseThrow())
                    .stream()
                    .allMatch(other -> other.serial() <= serial))
        .toList();
  }

  private static void withhold(LedgerTransaction transaction, Allocation a) {
    transaction.change(
        a,
        a.withState(AllocationState.WITHHELD),
        EventKind.WITHHOLD,
        AuditContext.service("follower", "the account is gone, or another has its name or uid"));
  }

  /**
   * Records an owner as the account is now. Two accounts that swapped names withhold each other;
   * the second of the two calls makes both active again.
   */
  private void activate(
      LedgerTransaction transaction,
      Allocation planned,
      AccountIndex read,
      EventKind kind,
      FollowAcceptance accepted) {
    Owner owner = SynchronizationPlan.account(read, planned, rules).orElseThrow();
    AuditContext context =
        accepted
            .renames()
            .filter(admin -> !owner.name().equals(planned.owner().name()))
            .orElseGet(() -> AuditContext.service("follower", "as the directory says"));
    transaction
        .flush()
        .byId(planned.id())
        .filter(a -> a.state() == AllocationState.ACTIVE || a.state() == AllocationState.WITHHELD)
        .filter(a -> a.state() != AllocationState.ACTIVE || !a.owner().equals(owner))
        .ifPresent(a -> Admission.activate(transaction, a, owner, kind, context));
  }
}
