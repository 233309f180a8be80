/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.guard.Acceptances;
import io.cadastre.node.settings.NodeSettings;

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

  /** What decides, apart from the command line, what is written and what is refused, as text. */
  String fingerprint() {
    return "%s %s %s %s"
        .formatted(settings.mode(), settings.owners(), settings.guards(), fromFiles.all());
  }

  /** Whether the command line asks for more than the timer does. */
  boolean isSpecial() {
    return adopt || !fromCommandLine.all().isEmpty();
  }
}
