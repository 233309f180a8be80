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
 * What a run did.
 *
 * @param serial of the snapshot that is served now
 * @param rows how many it has
 * @param replaced the files that changed, or would have in a dry run
 * @param warnings what the guards let pass
 * @param unavailable why the service gave nothing, if the last good snapshot is served
 */
public record SyncResult(
    long serial,
    int rows,
    List<Replacement> replaced,
    List<Finding> warnings,
    Optional<String> unavailable) {

  /** Everything was as the last sync left it. */
  static SyncResult unchanged(SyncState state, Optional<String> unavailable) {
    return new SyncResult(state.serial(), state.rows(), List.of(), List.of(), unavailable);
  }
}
