/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.sync;

import cadastre.node.guard.GuardSettings;
import cadastre.node.guard.LocalGuard;
import cadastre.node.render.ManagedFile;
import cadastre.subid.IdType;
import cadastre.subid.Snapshot;
import java.util.Optional;

/**
 * Takes local rows out that the registry gives just so; they come back in the block.
 *
 * @param snapshot what the registry gives; empty if nothing is to be adopted
 */
record Adoption(Optional<Snapshot> snapshot) {

  /** What these orders adopt. */
  static Adoption of(Orders orders, Snapshot snapshot) {
    return new Adoption(orders.adopt() ? Optional.of(snapshot) : Optional.empty());
  }

  /** The file without the rows that are adopted. */
  ManagedFile of(ManagedFile file, IdType type) {
    return snapshot
        .map(s -> file.without(new LocalGuard(s, type, GuardSettings.DEFAULT)::gives))
        .orElse(file);
  }
}
