/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.sync;

import cadastre.node.guard.Acceptances;
import cadastre.node.settings.Settings;

/**
 * What an admin wants of a sync.
 *
 * @param settings of the node
 * @param accepted what may pass, from the command line and accept.d
 * @param adopt whether local rows that the registry gives just so move into the block
 * @param dryRun whether nothing is to be written
 */
public record Orders(Settings settings, Acceptances accepted, boolean adopt, boolean dryRun) {
  /** What of the settings decides what is written and what is refused, as text. */
  String fingerprint() {
    return "%s %s %s".formatted(settings.mode(), settings.owners(), settings.guards());
  }
}
