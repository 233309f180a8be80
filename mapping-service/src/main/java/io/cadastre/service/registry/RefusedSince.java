/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Owner;
import io.cadastre.subid.Severity;
import java.util.Optional;

/**
 * Finds recorded owners with a name or uid that no new owner gets. They keep their ranges
 * (docs/decisions/0044, 0025).
 */
final class RefusedSince {
  private RefusedSince() {}

  static Optional<Finding> finding(Allocation a) {
    Owner owner = a.owner();
    boolean current = a.state() == AllocationState.ACTIVE || a.state() == AllocationState.WITHHELD;
    if (!current || (owner.hasAdmissibleUid() && owner.name().isAdmissible())) {
      return Optional.empty();
    }
    String subject = owner.nameAndUid();
    return Optional.of(
        new Finding(
            "refused-since",
            Severity.WARNING,
            subject,
            "%s keeps the range %s, and %s is refused for new owners"
                .formatted(
                    subject,
                    a.uidRange(),
                    owner.hasAdmissibleUid()
                        ? "an invisible character in the name"
                        : "the uid %d, the 16-bit -1,".formatted(owner.uidNumber())),
            owner.hasAdmissibleUid()
                ? "Rename the account; the range follows it."
                : "Give the account another uid; the range follows it."));
  }
}
