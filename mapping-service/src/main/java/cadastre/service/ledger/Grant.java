/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.ledger;

import cadastre.subid.Allocation;
import java.util.OptionalLong;

/**
 * An allocation that is new.
 *
 * @param slot the slot it takes in its pool; empty for ranges off the grid
 */
record Grant(Allocation allocation, OptionalLong slot) {

  /** Whether it takes a slot and nothing else. */
  boolean isOnGrid() {
    return slot.isPresent() && allocation.uidRange().equals(allocation.gidRange());
  }
}
