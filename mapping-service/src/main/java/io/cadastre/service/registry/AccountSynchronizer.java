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
import io.cadastre.service.ledger.RealIds;
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
 * Follows the directory: after each read of all accounts, renames and moves are recorded, owners
 * who are gone are withheld, and those who are back get their ranges back.
 *
 * <p>A directory that answers wrongly must not take ranges away: when a read fails, or when more
 * than a tenth of the owners (and more than three) are lost in a day, nobody is withheld but those
 * whose name or uid is another's by now.
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
  private volatile boolean sparing;

  /** A follower of these accounts. */
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
   * What following one read came to.
   *
   * @param followed owners renamed, renumbered or moved
   * @param withheld owners who are gone, or whose name or uid is another's
   * @param restored owners who are back
   * @param spared owners who seem gone, but too many at once to be believed
   */
  public record Followed(int followed, int withheld, int restored, int spared) {}

  /** Reads all accounts and follows them. */
  public void run() {
    Optional<Followed> unused = readAndFollow(Optional.empty(), false);
  }

  /**
   * Reads all accounts and follows them; empty if there is no directory. While the guard holds, for
   * the ledger may be an old one, the accounts are read and nothing follows.
   *
   * @param acceptedBy who says that the missing owners are gone, however many they are: the day by
   *     which losses are measured begins anew. Empty if nobody does
   * @param dryRun whether only to say what would follow
   * @throws DirectoryUnavailable if the directory does not answer to the end
   */
  public Optional<Followed> readAndFollow(Optional<AuditContext> acceptedBy, boolean dryRun) {
    long serial = ledger.head().serial();
    Optional<AccountIndex> read = accounts.read();
    return gate.obstacle().isPresent()
        ? Optional.empty()
        : read.map(r -> follow(r, serial, acceptedBy, dryRun));
  }

  /**
   * Follows one read.
   *
   * @param serial the ledger's serial before the read began: an allocation that changed since may
   *     know its account better than the read does, and waits for the next one
   */
  private Followed follow(
      AccountIndex read, long serial, Optional<AuditContext> acceptedBy, boolean dryRun) {
    SynchronizationPlan plan =
        ledger.read(
            queries ->
                SynchronizationPlan.of(queries, read, serial, acceptedBy.isPresent(), rules));
    long lost = plan.losses().withheld() + plan.gone().size();
    long limit = Math.max(LOSS_ALWAYS_BELIEVED, plan.losses().activeBefore() / LOSS_DIVISOR);
    boolean believed = acceptedBy.isPresent() || plan.gone().isEmpty() || lost <= limit;
    Set<Allocation> displaced = Set.copyOf(plan.displaced());
    List<Allocation> missing = plan.gone().stream().filter(a -> !displaced.contains(a)).toList();
    List<Allocation> spared = believed ? List.of() : missing;
    List<Allocation> withheld = new ArrayList<>(displaced);
    if (believed) {
      withheld.addAll(missing);
    }
    boolean accepts = acceptedBy.isPresent() && lost > 0;
    boolean something =
        !withheld.isEmpty() || !plan.moved().isEmpty() || !plan.back().isEmpty() || accepts;
    if (!dryRun) {
      say(spared, lost, limit, read);
    }
    if (something && !dryRun) {
      ledger.change(
          transaction -> {
            List<Allocation> moved = followable(transaction, plan.moved(), read, serial);
            List<Allocation> back = followable(transaction, plan.back(), read, serial);
            unchanged(transaction, withheld).forEach(a -> withhold(transaction, a));
            moved.forEach(a -> activate(transaction, a, read, EventKind.FOLLOW));
            back.forEach(a -> activate(transaction, a, read, EventKind.RESTORE));
            // Last, so that what it accepts does not count any more.
            acceptedBy
                .filter(context -> accepts)
                .ifPresent(
                    context -> transaction.note(EventKind.ACCEPT_LOSS, plan.losses(), context));
            return true;
          });
      publisher.signal();
    }
    return new Followed(plan.moved().size(), withheld.size(), plan.back().size(), spared.size());
  }

  private void say(List<Allocation> spared, long lost, long limit, AccountIndex read) {
    boolean spares = !spared.isEmpty();
    if (spares && !sparing) {
      LOG.warn(
          "{} owners are missing from the directory or were withheld in the last 24 hours, and {}"
              + " are believed: the others are not withheld unless another account has their name"
              + " or uid. If they are gone, run: cadastre follow --accept-loss",
          lost,
          limit);
    } else if (!spares && sparing) {
      LOG.info("no owner is missing from the directory who is not withheld");
    }
    sparing = spares;
    findings = ledger.read(queries -> SynchronizerFindings.of(spared, lost, limit, queries, read));
  }

  /** The missing owners that are too many to be withheld, and the accounts with refused names. */
  public List<Finding> findings() {
    return findings;
  }

  /** Without those whom a request has changed since the plan was made, by what it knew. */
  private static List<Allocation> unchanged(
      LedgerTransaction transaction, List<Allocation> planned) {
    return planned.stream()
        .filter(a -> transaction.flush().byId(a.id()).filter(a::equals).isPresent())
        .toList();
  }

  /** Nor those whose name or uid a request has given to somebody since the read. */
  private List<Allocation> followable(
      LedgerTransaction transaction, List<Allocation> planned, AccountIndex read, long serial) {
    return unchanged(transaction, planned).stream()
        .filter(
            a ->
                Admission.namesakes(
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
   * Makes an owner what his account says. Two accounts that swapped names withhold each other on
   * the way; the second turn gives both back.
   */
  private void activate(
      LedgerTransaction transaction, Allocation planned, AccountIndex read, EventKind kind) {
    Owner owner = SynchronizationPlan.account(read, planned, rules).orElseThrow();
    transaction
        .flush()
        .byId(planned.id())
        .filter(a -> a.state() == AllocationState.ACTIVE || a.state() == AllocationState.WITHHELD)
        .filter(a -> a.state() != AllocationState.ACTIVE || !a.owner().equals(owner))
        .ifPresent(
            a ->
                new Admission(transaction, range -> RealIds.NONE, rules)
                    .activate(
                        a, owner, kind, AuditContext.service("follower", "as the directory says")));
  }
}
