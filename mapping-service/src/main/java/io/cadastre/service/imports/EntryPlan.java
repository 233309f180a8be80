/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import io.cadastre.subid.Allocation;
import java.util.List;

/**
 * The changes in directory entries that the ledger does not know.
 *
 * @param ahead the entries that show a change which the ledger has not seen
 * @param toAdopt the allocations to adopt, in the order of the serials; empty if none is ahead
 * @param highestRevision the highest revision among the entries that are not refused
 * @param refused the entries that break a rule; they are not in the other lists
 */
public record EntryPlan(
    List<PublishedAllocation> ahead,
    List<Allocation> toAdopt,
    long highestRevision,
    List<RefusedEntry> refused) {

  /**
   * An entry that breaks a rule.
   *
   * @param why the rule that it breaks, with the values
   * @param remedy the remedy
   */
  public record RefusedEntry(PublishedAllocation entry, String why, String remedy) {}

  /** Copies the lists. */
  public EntryPlan {
    ahead = List.copyOf(ahead);
    toAdopt = List.copyOf(toAdopt);
    refused = List.copyOf(refused);
  }
}
