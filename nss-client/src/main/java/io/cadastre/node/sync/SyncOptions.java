/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.guard.Acceptances;
import io.cadastre.node.guard.GuardSettings;
import io.cadastre.node.settings.NodeSettings;
import io.cadastre.subid.IdRange;

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

  /**
   * What decides, apart from the command line, what is written and what is refused, as text. By
   * appending: the text of a record takes a third of the time of a run (docs/decisions/0083).
   */
  String fingerprint() {
    GuardSettings guards = settings.guards();
    IdRange window = guards.window().allowed();
    StringBuilder text = new StringBuilder();
    text.append(settings.mode()).append(' ').append(settings.owners());
    text.append(' ').append(window.start()).append('+').append(window.count());
    text.append(' ').append(guards.maxShrinkPercent());
    text.append(' ').append(guards.refuseNewIdentity());
    text.append(' ').append(guards.singleGidGrants());
    text.append(' ').append(guards.refuseConflicts());
    return text.append(' ').append(fromFiles.all()).toString();
  }

  /** Whether the command line asks for more than the timer does. */
  boolean isSpecial() {
    return adopt || !fromCommandLine.all().isEmpty();
  }
}
