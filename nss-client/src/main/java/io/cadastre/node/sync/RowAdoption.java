/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.guard.GuardSettings;
import io.cadastre.node.guard.LocalGuard;
import io.cadastre.node.render.ManagedFile;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Snapshot;
import java.util.Optional;

/**
 * Takes local rows out that the registry gives just so; they come back in the block.
 *
 * @param snapshot what the registry gives; empty if nothing is to be adopted
 */
record RowAdoption(Optional<Snapshot> snapshot) {

  /** What these orders adopt. */
  static RowAdoption of(SyncOptions orders, Snapshot snapshot) {
    return new RowAdoption(orders.adopt() ? Optional.of(snapshot) : Optional.empty());
  }

  /** The file without the rows that are adopted. */
  ManagedFile of(ManagedFile file, IdType type) {
    return snapshot
        .map(s -> file.without(new LocalGuard(s, type, GuardSettings.DEFAULT)::gives))
        .orElse(file);
  }
}
