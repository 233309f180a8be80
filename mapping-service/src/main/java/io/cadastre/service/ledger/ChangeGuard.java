/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.failure.InvariantBroken;
import io.cadastre.subid.Allocation;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Holds the changes of one transaction against what their caller may do. This is the last check: a
 * request that may not be is refused before, and a change that comes this far is a defect, which
 * rolls the transaction back. A limited caller changes nothing unless {@link #allow} was called.
 * Not thread-safe.
 */
public final class ChangeGuard {
  private Optional<BiPredicate<EventKind, Allocation>> allowed = Optional.empty();

  ChangeGuard() {}

  /**
   * Sets what a limited caller may do.
   *
   * @param rule gets the kind of a change with the allocation, before it and after it
   */
  public void allow(BiPredicate<EventKind, Allocation> rule) {
    allowed = Optional.of(rule);
  }

  /**
   * Checks a change of an allocation.
   *
   * @throws InvariantBroken if its caller may not make it
   */
  void check(EventKind kind, Optional<Allocation> before, Allocation after, AuditContext caller) {
    if (caller.isLimited()
        && !(before.map(a -> isAllowed(kind, a)).orElse(true) && isAllowed(kind, after))) {
      throw broken(kind, caller);
    }
  }

  /**
   * Checks a change that is about no allocation.
   *
   * @throws InvariantBroken if its caller is limited
   */
  void check(EventKind kind, AuditContext caller) {
    if (caller.isLimited()) {
      throw broken(kind, caller);
    }
  }

  private boolean isAllowed(EventKind kind, Allocation allocation) {
    return allowed.filter(rule -> rule.test(kind, allocation)).isPresent();
  }

  private static InvariantBroken broken(EventKind kind, AuditContext caller) {
    return new InvariantBroken(
        "a change (%s) by %s is outside of what the credential may do"
            .formatted(kind.word(), caller.actor()));
  }
}
