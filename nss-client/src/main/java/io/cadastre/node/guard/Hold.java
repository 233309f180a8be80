/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.guard;

import io.cadastre.subid.Finding;
import io.cadastre.subid.SnapshotRow;

/**
 * A row of the snapshot that this node does not serve, because of a conflict on this node.
 *
 * @param finding the conflict
 * @param row the row
 * @param taken whether the node served the row until now
 */
public record Hold(Finding finding, SnapshotRow row, boolean taken) {

  /** The acceptance with which the node serves the row of a snapshot of this serial. */
  public Acceptance acceptance(long serial) {
    return Acceptance.of(Rule.of(finding.rule()).orElseThrow(), finding, serial);
  }
}
