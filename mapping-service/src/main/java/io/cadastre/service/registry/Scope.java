/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.access.Bounds;
import io.cadastre.service.access.Role;
import io.cadastre.service.config.NameCase;
import io.cadastre.service.directory.DnTree;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.Event;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.failure.OwnerHeld;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.LedgerTransaction;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Owner;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the caller of a request may change (docs/decisions/0076). An admin, a part of the service
 * and the caller of an open registry are not limited. A limited caller changes owners within the
 * bounds of the credential only: as the ledger has them, and as the request or the directory
 * describes them. Made for one transaction; used by one thread.
 */
final class Scope {
  /** What a limited caller may cause. */
  private static final Set<EventKind> KINDS =
      Set.of(
          EventKind.ALLOCATE,
          EventKind.FOLLOW,
          EventKind.RETIRE,
          EventKind.REINSTATE,
          EventKind.RESTORE);

  private final AuditContext caller;
  private final Bounds bounds;
  private final boolean fromDirectory;
  private final NameCase nameCase;

  /** The DNs of owners outside of the scope, which this caller's changes leave as they are. */
  private Optional<Set<List<List<String>>>> othersDns = Optional.empty();

  /** Whether the caller says who an account is, and is no admin: what is not bound is refused. */
  private final boolean vouches;

  /**
   * The scope of this caller.
   *
   * @param fromDirectory whether the directory says who an account is; else the caller does
   * @param nameCase the case of the owners' names
   */
  Scope(AuditContext caller, boolean fromDirectory, NameCase nameCase) {
    this.caller = caller;
    this.bounds = caller.bounds();
    this.fromDirectory = fromDirectory;
    this.nameCase = nameCase;
    this.vouches =
        !fromDirectory && caller.role().filter(role -> !role.equals(Role.ADMIN.word())).isPresent();
  }

  /** Whether there is anything that the caller may not change. */
  boolean isLimited() {
    return caller.isLimited();
  }

  /** The case of the owners' names. */
  NameCase nameCase() {
    return nameCase;
  }

  /**
   * Returns if a request may be about this account.
   *
   * @throws Refused if not
   */
  void requireAccount(Owner account) {
    requireUids();
    outside(account)
        .ifPresent(
            outside -> {
              throw ScopeRefusals.account(caller, outside, account);
            });
  }

  /**
   * Returns if the caller may take a range from this pool.
   *
   * @throws Refused if not
   */
  void requirePool(String pool, Owner account) {
    Outside.ofPool(bounds, Optional.of(pool))
        .ifPresent(
            outside -> {
              throw ScopeRefusals.account(caller, outside, account);
            });
  }

  /**
   * Returns if the caller may change this owner, as the ledger has the owner now.
   *
   * @throws Refused if not
   */
  void requireOwner(Allocation recorded) {
    requireUids();
    outside(recorded)
        .ifPresent(
            outside -> {
              throw ScopeRefusals.recorded(caller, outside, recorded.owner());
            });
  }

  /**
   * Returns if the caller may give an account the name and the uid that these other owners have. If
   * the directory says so, any may have had them.
   *
   * @throws Refused if one of them is outside of the bounds
   */
  void requireNamesakes(List<Allocation> namesakes) {
    if (isLimited() && !fromDirectory) {
      namesakes.forEach(this::requireOwner);
    }
  }

  /**
   * Returns if no owner outside of the scope has the DN of the account, or one with the same
   * values: of two entries under one DN, nodes read one. The first call of a transaction reads all
   * DNs.
   *
   * @throws Refused if one has
   */
  void requireDn(LedgerTransaction transaction, Owner account) {
    if (!isLimited() || fromDirectory || account.dn().isEmpty()) {
      return;
    }
    if (othersDns.isEmpty()) {
      Set<List<List<String>>> dns = new HashSet<>();
      transaction
          .flush()
          .names()
          .forEachWithDn(
              a -> {
                if (outside(a).isPresent()) {
                  a.owner().dn().flatMap(DnTree::values).ifPresent(dns::add);
                }
              });
      othersDns = Optional.of(dns);
    }
    if (account.dn().flatMap(DnTree::values).filter(othersDns.get()::contains).isPresent()) {
      throw ScopeRefusals.dnTaken(caller, account);
    }
  }

  /**
   * Returns if nobody would be withheld, or the caller may withhold others: that takes an admin.
   *
   * @throws Refused if the caller says who the account is
   * @throws OwnerHeld if the directory does: its next read withholds the other, or follows
   */
  void requireMayWithhold(Owner account, List<Allocation> namesakes) {
    if (!isLimited()) {
      return;
    }
    namesakes.stream()
        .filter(other -> other.state() == AllocationState.ACTIVE)
        .findFirst()
        .ifPresent(
            other -> {
              if (fromDirectory) {
                throw ScopeRefusals.untilTheNextRead(account, other.owner());
              }
              throw ScopeRefusals.withholds(caller, account, other.owner());
            });
  }

  /**
   * Returns if the caller may make this allocation active again: a provisioner may if provisioners
   * closed it. What the directory withheld comes back with its account.
   *
   * @param closings the events by which it came into its state; one without a role is an admin's
   * @throws Refused if not
   */
  void requireMayReopen(Allocation closed, Owner account, List<Event> closings) {
    if (!isLimited() || (fromDirectory && closed.state() == AllocationState.WITHHELD)) {
      return;
    }
    Optional<Event> others =
        closings.stream().filter(event -> !isOfTheCallersRole(event)).findFirst();
    if (others.isPresent() || closings.isEmpty()) {
      throw ScopeRefusals.closedByAnother(caller, closed, account, others, fromDirectory);
    }
  }

  private boolean isOfTheCallersRole(Event closing) {
    boolean followed = fromDirectory && closing.kind().equals(EventKind.WITHHOLD.word());
    boolean decided =
        closing.kind().equals(EventKind.RETIRE.word())
            || closing.kind().equals(EventKind.WITHHOLD.word());
    return followed
        || (decided && closing.role().isPresent() && closing.role().equals(caller.role()));
  }

  /** Whether a change of this kind, with this allocation before or after it, is in the scope. */
  boolean allows(EventKind kind, Allocation changed) {
    return !isLimited() || (KINDS.contains(kind) && hasUids() && outside(changed).isEmpty());
  }

  private boolean hasUids() {
    return !vouches || bounds.uids().isPresent();
  }

  private void requireUids() {
    if (!hasUids()) {
      throw ScopeRefusals.noUids(caller);
    }
  }

  private Optional<Outside> outside(Owner owner) {
    return Outside.of(bounds, owner, vouches);
  }

  private Optional<Outside> outside(Allocation recorded) {
    return outside(recorded.owner()).or(() -> Outside.ofPool(bounds, recorded.pool()));
  }
}
