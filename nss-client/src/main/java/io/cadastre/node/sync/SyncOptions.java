/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.guard.Acceptances;
import io.cadastre.node.guard.GuardSettings;
import io.cadastre.node.guard.LocalGuard;
import io.cadastre.node.render.ManagedFile;
import io.cadastre.node.settings.NodeSettings;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Snapshot;

/**
 * What an admin asks of a sync.
 *
 * @param settings the settings of the node
 * @param fromFiles the acceptances in accept.d
 * @param fromCommandLine the acceptances on the command line of this run
 * @param adopt whether local rows that equal the registry's move into the managed block
 * @param dryRun whether to write nothing
 */
public record SyncOptions(
    NodeSettings settings,
    Acceptances fromFiles,
    Acceptances fromCommandLine,
    boolean adopt,
    boolean dryRun) {

  /** The settings that decide what is written and what is refused, as text. */
  String fingerprint() {
    return "%s %s %s".formatted(settings.mode(), settings.owners(), settings.guards());
  }

  /**
   * A file without the local rows that this sync adopts: those with an owner and a range of the
   * snapshot. They return in the managed block. Without {@code adopt}: the file as it is.
   */
  ManagedFile withoutAdopted(ManagedFile file, IdType type, Snapshot snapshot) {
    return adopt
        ? file.without(new LocalGuard(snapshot, type, GuardSettings.DEFAULT)::gives)
        : file;
  }
}
