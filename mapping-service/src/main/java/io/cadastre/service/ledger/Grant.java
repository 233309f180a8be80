/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.subid.Allocation;
import java.util.OptionalLong;

/**
 * An allocation that is new.
 *
 * @param slot the slot it takes in its pool; empty for ranges off the grid
 * @param adopted whether an entry of ours tells of it: then what else the directory shows of its
 *     range does not count
 */
record Grant(Allocation allocation, OptionalLong slot, boolean adopted) {

  /** Whether it takes a slot and nothing else. */
  boolean isOnGrid() {
    return slot.isPresent() && allocation.uidRange().equals(allocation.gidRange());
  }
}
