/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;

/**
 * A range that the ledger does not own: in a directory entry, or in a local row of a node.
 *
 * @param source the DN of the entry, or the row
 */
public record ForeignRange(IdType type, IdRange range, String source) {

  /** Whether this is the range of a local row of a node, not of an entry. */
  public boolean isLocalRow() {
    return BlockReason.ofSource(source) instanceof BlockReason.LocalRow;
  }
}
