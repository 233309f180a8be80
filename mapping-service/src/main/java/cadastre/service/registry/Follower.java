/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.registry;

import cadastre.service.directory.AccountRead;
import cadastre.service.directory.DirectoryUnavailable;
import cadastre.service.ledger.EventKind;
import cadastre.service.ledger.Ledger;
import cadastre.service.ledger.LedgerReader;
import cadastre.service.ledger.LedgerTransaction;
import cadastre.service.ledger.Origin;
import cadastre.subid.Allocation;
import cadastre.subid.AllocationState;
import cadastre.subid.Finding;
import cadastre.subid.Owner;
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
 * <p>A directory that answers wrongly must not take ranges away: when a read fails, or more than a
 * tenth of the owners (and more than one) are missing from it, nobody is withheld but those whose
 * name or uid is another's by now.
 */
public final class Follower {
  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
  private static final int LOSS_DIVISOR = 10;

  private final Ledger ledger;
  private final Accounts accounts;
  private final Publisher publisher;
  private final DirectoryGuard guard;
  private final AdmissionRules rules;
  private volatile List<Finding> findings = List.of();

  /** A follower of these accounts. */
  public Follower(
      Ledger ledger,
      Accounts accounts,
      Publisher publisher,
      DirectoryGuard guard,
      AdmissionRules rules) {
    this.ledger = ledger;
    this.accounts = accounts;
    this.publisher = publisher;
    this.guard = guard;
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

  /** Reads all accounts and follows them; never throws: the next run tries again. */
  public void run() {
    try {
      Optional<Followed> unused = readAndFollow(false, false);
    } catch (DirectoryUnavailable e) {
      LOG.warn("the directory's accounts cannot be read, nobody is withheld: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("following the directory failed; it will be tried again", e);
    }
  }

  /**
   * Reads all accounts and follows them; empty if there is no directory. While the guard holds, for
   * the ledger may be an old one, the accounts are read and nothing follows.
   *
   * @param acceptLoss whether to believe it when more than a tenth of the owners are missing
   * @param dryRun whether only to say what would follow
   * @throws DirectoryUnavailable if the directory does not answer to the end
   */
  public Optional<Followed> readAndFollow(boolean acceptLoss, boolean dryRun) {
    long serial = ledger.head().serial();
    Optional<AccountRead> read = accounts.read();
    return guard.obstacle().isPresent()
        ? Optional.empty()
        : read.map(r -> follow(r, serial, acceptLoss, dryRun));
  }

  /**
   * Follows one read.
   *
   * @param serial the ledger's serial before the read began: an allocation that changed since may
   *     know its account better than the read does, and waits for the next one
   */
  private Followed follow(AccountRead read, long serial, boolean acceptLoss, boolean dryRun) {
    Plan plan = ledger.read(reader -> plan(reader, read, serial));
    int gone = plan.gone().size();
    boolean believed = acceptLoss || gone <= 1 || gone * LOSS_DIVISOR <= plan.active();
    Set<Allocation> displaced = Set.copyOf(plan.displaced());
    List<Allocation> missing = plan.gone().stream().filter(a -> !displaced.contains(a)).toList();
    List<Allocation> spared = believed ? List.of() : missing;
    List<Allocation> withheld = new ArrayList<>(displaced);
    if (believed) {
      withheld.addAll(missing);
    }
    if (!believed) {
      LOG.warn(
          "{} of {} owners are missing from the directory: too many to be believed, they are"
              + " not withheld unless another has their name or uid",
          gone,
          plan.active());
    }
    boolean something = !withheld.isEmpty() || !plan.moved().isEmpty() || !plan.back().isEmpty();
    if (acceptLoss && !dryRun) {
      accounts.believeLatest();
    }
    if (!dryRun) {
      findings = ledger.read(reader -> FollowFindings.of(spared, gone, reader, read));
    }
    if (something && !dryRun) {
      ledger.change(
          transaction -> {
            List<Allocation> moved = followable(transaction, plan.moved(), read, serial);
            List<Allocation> back = followable(transaction, plan.back(), read, serial);
            unchanged(transaction, withheld).forEach(a -> withhold(transaction, a));
            moved.forEach(a -> activate(transaction, a, read, EventKind.FOLLOW));
            back.forEach(a -> activate(transaction, a, read, EventKind.RESTORE));
            return true;
          });
      publisher.signal();
    }
    return new Followed(plan.moved().size(), withheld.size(), plan.back().size(), spared.size());
  }

  /** The missing owners that are too many to be withheld, and the accounts with refused names. */
  public List<Finding> findings() {
    return findings;
  }

  private record Plan(
      int active,
      List<Allocation> gone,
      List<Allocation> displaced,
      List<Allocation> moved,
      List<Allocation> back) {}

  private Plan plan(LedgerReader reader, AccountRead read, long serial) {
    List<Allocation> active = upTo(serial, reader.inState(AllocationState.ACTIVE));
    List<Allocation> withheld = upTo(serial, reader.inState(AllocationState.WITHHELD));
    return new Plan(
        active.size(),
        active.stream().filter(a -> isGone(read, a)).toList(),
        active.stream().filter(a -> isDisplaced(read, a)).toList(),
        active.stream()
            .filter(a -> account(read, a).filter(owner -> !owner.equals(a.owner())).isPresent())
            .toList(),
        withheld.stream().filter(a -> account(read, a).isPresent()).toList());
  }

  private static List<Allocation> upTo(long serial, List<Allocation> allocations) {
    return allocations.stream().filter(a -> a.serial() <= serial).toList();
  }

  private static boolean isGone(AccountRead read, Allocation a) {
    String id = a.owner().stableId();
    return read.byStableId(id).isEmpty() && !read.isRefused(id);
  }

  /**
   * Whether he cannot be followed and another account has his name or his uid now: it must not find
   * his range under it. If he is gone and it has both, it may be himself, reloaded.
   */
  private boolean isDisplaced(AccountRead read, Allocation a) {
    if (account(read, a).isPresent()) {
      return false;
    }
    Owner owner = a.owner();
    Optional<Owner> named = read.byName(owner.name()).filter(other -> isAnother(a, other));
    Optional<Owner> numbered = read.byUid(owner.uidNumber()).filter(other -> isAnother(a, other));
    boolean reloaded = isGone(read, a) && named.equals(numbered);
    return !reloaded && (named.isPresent() || numbered.isPresent());
  }

  private static boolean isAnother(Allocation a, Owner account) {
    return !account.stableId().equals(a.owner().stableId());
  }

  /**
   * The owner's account, unless another one shares its name or uid, or its new name is refused or
   * reserved: then nothing is followed.
   */
  private Optional<Owner> account(AccountRead read, Allocation a) {
    String id = a.owner().stableId();
    return read.byStableId(id)
        .filter(owner -> !read.isAmbiguous(id))
        .filter(owner -> NewNames.isFollowable(a, owner))
        .filter(owner -> rules.follows(a.owner(), owner));
  }

  /** Without those whom a request has changed since the plan was made, by what it knew. */
  private static List<Allocation> unchanged(
      LedgerTransaction transaction, List<Allocation> planned) {
    return planned.stream()
        .filter(a -> transaction.read().byId(a.id()).filter(a::equals).isPresent())
        .toList();
  }

  /** Nor those whose name or uid a request has given to somebody since the read. */
  private List<Allocation> followable(
      LedgerTransaction transaction, List<Allocation> planned, AccountRead read, long serial) {
    return unchanged(transaction, planned).stream()
        .filter(
            a ->
                Admission.namesakes(transaction.read(), account(read, a).orElseThrow()).stream()
                    .allMatch(other -> other.serial() <= serial))
        .toList();
  }

  private static void withhold(LedgerTransaction transaction, Allocation a) {
    transaction.change(
        a,
        a.withState(AllocationState.WITHHELD),
        EventKind.WITHHOLD,
        Origin.service("follower", "the account is gone, or another has its name or uid"));
  }

  /**
   * Makes an owner what his account says. Two accounts that swapped names withhold each other on
   * the way; the second turn gives both back.
   */
  private void activate(
      LedgerTransaction transaction, Allocation planned, AccountRead read, EventKind kind) {
    Owner owner = account(read, planned).orElseThrow();
    transaction
        .read()
        .byId(planned.id())
        .filter(a -> a.state() == AllocationState.ACTIVE || a.state() == AllocationState.WITHHELD)
        .filter(a -> a.state() != AllocationState.ACTIVE || !a.owner().equals(owner))
        .ifPresent(
            a ->
                new Admission(transaction, range -> false, rules)
                    .activate(a, owner, kind, Origin.service("follower", "as the directory says")));
  }
}
