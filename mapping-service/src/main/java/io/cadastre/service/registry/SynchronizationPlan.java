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

/**
 * What a read of all accounts says of the owners of the ledger.
 *
 * @param gone active owners whose account is missing
 * @param displaced active owners who cannot be followed and whose name or uid another account has
 * @param moved active owners whose account has changed
 * @param back withheld owners whose account is there again
 * @param losses those of the day; looked up only if somebody is gone, or if a loss is to be
 *     accepted
 */
record SynchronizationPlan(
    List<Allocation> gone,
    List<Allocation> displaced,
    List<Allocation> moved,
    List<Allocation> back,
    RecentLosses losses) {

  /**
   * Compares the owners with a read.
   *
   * @param serial an allocation that changed after it is left out
   * @param accepting whether the losses are asked for although nobody is gone
   */
  static SynchronizationPlan of(
      LedgerQueries queries,
      AccountIndex read,
      long serial,
      boolean accepting,
      AdmissionRules rules) {
    List<Allocation> active = upTo(serial, queries.inState(AllocationState.ACTIVE));
    List<Allocation> withheld = upTo(serial, queries.inState(AllocationState.WITHHELD));
    List<Allocation> gone = active.stream().filter(a -> isGone(read, a)).toList();
    return new SynchronizationPlan(
        gone,
        active.stream().filter(a -> isDisplaced(read, a, rules)).toList(),
        active.stream()
            .filter(
                a -> account(read, a, rules).filter(owner -> !owner.equals(a.owner())).isPresent())
            .toList(),
        withheld.stream().filter(a -> account(read, a, rules).isPresent()).toList(),
        gone.isEmpty() && !accepting ? new RecentLosses(0, active.size()) : queries.losses());
  }

  private static List<Allocation> upTo(long serial, List<Allocation> allocations) {
    return allocations.stream().filter(a -> a.serial() <= serial).toList();
  }

  private static boolean isGone(AccountIndex read, Allocation a) {
    String id = a.owner().stableId();
    return read.byStableId(id).isEmpty() && !read.isRefused(id);
  }

  /**
   * Whether the owner cannot be followed and another account has the name or the uid now: it must
   * not find the owner's range under it. An account that has both may be the owner's, reloaded.
   */
  private static boolean isDisplaced(AccountIndex read, Allocation a, AdmissionRules rules) {
    if (account(read, a, rules).isPresent()) {
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
  static Optional<Owner> account(AccountIndex read, Allocation a, AdmissionRules rules) {
    String id = a.owner().stableId();
    return read.byStableId(id)
        .filter(owner -> !read.isAmbiguous(id))
        .filter(owner -> NewNames.isFollowable(a, owner))
        .filter(owner -> rules.follows(a.owner(), owner));
  }
}
