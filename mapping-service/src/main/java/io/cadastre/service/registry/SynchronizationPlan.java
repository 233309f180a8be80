/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.directory.AccountIndex;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.ledger.RecentLosses;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Owner;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The differences between the owners of the ledger and a read of all accounts.
 *
 * @param missing active owners without an account
 * @param displaced active owners that cannot follow an account, and another account has the name or
 *     uid
 * @param moved active owners with a changed account
 * @param back withheld owners with an account again
 * @param active the number of active owners
 * @param losses those of the day; read only if an owner is missing or a loss is to be accepted
 */
record SynchronizationPlan(
    List<Allocation> missing,
    List<Allocation> displaced,
    List<Allocation> moved,
    List<Allocation> back,
    int active,
    RecentLosses losses) {

  /**
   * Compares the owners with a read.
   *
   * @param serial allocations that changed after it are left out
   * @param accepting whether to read the losses even if no owner is missing
   */
  static SynchronizationPlan of(
      LedgerQueries queries,
      AccountIndex read,
      long serial,
      boolean accepting,
      AdmissionRules rules) {
    List<Allocation> active = upTo(serial, queries.inState(AllocationState.ACTIVE));
    List<Allocation> withheld = upTo(serial, queries.inState(AllocationState.WITHHELD));
    List<Allocation> missing = active.stream().filter(a -> isMissing(read, a)).toList();
    return new SynchronizationPlan(
        missing,
        active.stream().filter(a -> isDisplaced(read, a, rules)).toList(),
        active.stream()
            .filter(
                a -> account(read, a, rules).filter(owner -> !owner.equals(a.owner())).isPresent())
            .toList(),
        withheld.stream().filter(a -> account(read, a, rules).isPresent()).toList(),
        active.size(),
        missing.isEmpty() && !accepting ? new RecentLosses(0, active.size()) : queries.losses());
  }

  private static List<Allocation> upTo(long serial, List<Allocation> allocations) {
    return allocations.stream().filter(a -> a.serial() <= serial).toList();
  }

  /** An account with the stable id in a newer form is there: {@code rebind --all} settles it. */
  private static boolean isMissing(AccountIndex read, Allocation a) {
    return !isKnown(read, a) && read.byFormerStableId(a.owner().stableId()).isEmpty();
  }

  private static boolean isKnown(AccountIndex read, Allocation a) {
    String id = a.owner().stableId();
    return read.byStableId(id).isPresent() || read.isRefused(id);
  }

  /**
   * Returns the plan in which no owner gets another name: the renames wait. An owner that waits
   * while another account has the name or uid is withheld meanwhile.
   */
  SynchronizationPlan withoutRenames(AccountIndex read, AdmissionRules rules) {
    Predicate<Allocation> renamed = a -> renamed(read, a, rules).isPresent();
    return new SynchronizationPlan(
        missing,
        Stream.concat(
                displaced.stream(),
                moved.stream().filter(renamed).filter(a -> isTakenByAnother(read, a)))
            .toList(),
        moved.stream().filter(renamed.negate()).toList(),
        back.stream().filter(renamed.negate()).toList(),
        active,
        losses);
  }

  /**
   * Whether the owner cannot follow an account and another account has the name or the uid: that
   * account must not find the range under it. If one account has both, it may be the account of the
   * owner in a reloaded directory, unless the former stable id tells which account is.
   */
  private static boolean isDisplaced(AccountIndex read, Allocation a, AdmissionRules rules) {
    if (account(read, a, rules).isPresent()) {
      return false;
    }
    Optional<Owner> taker = named(read, a);
    List<Owner> former = read.byFormerStableId(a.owner().stableId());
    boolean reloaded =
        !isKnown(read, a)
            && taker.equals(numbered(read, a))
            && (former.isEmpty() || taker.filter(former::contains).isPresent());
    return !reloaded && isTakenByAnother(read, a);
  }

  private static boolean isTakenByAnother(AccountIndex read, Allocation a) {
    return named(read, a).isPresent() || numbered(read, a).isPresent();
  }

  private static Optional<Owner> named(AccountIndex read, Allocation a) {
    return read.byName(a.owner().name()).filter(other -> isAnother(read, a, other));
  }

  private static Optional<Owner> numbered(AccountIndex read, Allocation a) {
    return read.byUid(a.owner().uidNumber()).filter(other -> isAnother(read, a, other));
  }

  private static boolean isAnother(AccountIndex read, Allocation a, Owner account) {
    String id = a.owner().stableId();
    return !account.stableId().equals(id) && !read.byFormerStableId(id).equals(List.of(account));
  }

  /**
   * Returns the account of the owner; empty if another account shares its name or uid, or its new
   * name is refused or reserved.
   */
  static Optional<Owner> account(AccountIndex read, Allocation a, AdmissionRules rules) {
    String id = a.owner().stableId();
    return read.byStableId(id)
        .filter(owner -> !read.isAmbiguous(id))
        .filter(owner -> AdmissionRules.mayRename(a, owner))
        .filter(owner -> rules.mayFollow(a.owner(), owner));
  }

  /** The account that the owner follows, if it has another name than the owner in the ledger. */
  static Optional<Owner> renamed(AccountIndex read, Allocation a, AdmissionRules rules) {
    return account(read, a, rules).filter(owner -> !owner.name().equals(a.owner().name()));
  }
}
