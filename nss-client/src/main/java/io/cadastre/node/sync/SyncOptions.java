/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.guard.Acceptances;
import io.cadastre.node.settings.NodeSettings;

/**
 * What an admin wants of a sync.
 *
 * @param settings of the node
 * @param filed what may pass, from accept.d
 * @param given what may pass, from the command line of this run
 * @param adopt whether local rows that the registry gives just so move into the block
 * @param dryRun whether nothing is to be written
 */
public record SyncOptions(
    NodeSettings settings, Acceptances filed, Acceptances given, boolean adopt, boolean dryRun) {
  /** What of the settings decides what is written and what is refused, as text. */
  String fingerprint() {
    return "%s %s %s".formatted(settings.mode(), settings.owners(), settings.guards());
  }
}
