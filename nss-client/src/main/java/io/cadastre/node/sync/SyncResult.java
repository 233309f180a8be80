/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.tree.Replacement;
import io.cadastre.subid.Finding;
import java.util.List;
import java.util.Optional;

/**
 * The result of a sync.
 *
 * @param serial the serial of the snapshot that is served now
 * @param rows the number of its rows
 * @param replaced the files that changed, or would have changed in a dry run
 * @param warnings breaches that an acceptance lets pass, and warnings
 * @param unavailable why the service gave no snapshot, if the last good one is still served
 */
public record SyncResult(
    long serial,
    int rows,
    List<Replacement> replaced,
    List<Finding> warnings,
    Optional<String> unavailable) {

  /** The result if nothing changed since the last sync. */
  static SyncResult unchanged(SyncState state, Optional<String> unavailable) {
    return new SyncResult(state.serial(), state.rows(), List.of(), List.of(), unavailable);
  }
}
