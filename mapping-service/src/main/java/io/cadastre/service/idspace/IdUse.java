/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.idspace;

import io.cadastre.subid.AllocationState;
import java.util.Locale;

/** The use of an ID: each ID has one, the first of these that applies to it. */
public enum IdUse {
  /** In the range of an active allocation. */
  ACTIVE,
  /** In the range of a withheld allocation. */
  WITHHELD,
  /** In the range of a retired or superseded allocation. */
  RETIRED,
  /** In a range of a directory entry or of a node's local row, which the ledger does not own. */
  FOREIGN,
  /** In a slot that is never allocated. */
  BLOCKED,
  /** In a slot that can be allocated. */
  FREE,
  /** In no pool, and forbidden for every pool by the reserved table. */
  FORBIDDEN,
  /** In no pool. */
  OUTSIDE;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** Returns the word for the use. */
  public String word() {
    return word;
  }

  /** Returns the use of the IDs of an allocation in this state. */
  public static IdUse of(AllocationState state) {
    return switch (state) {
      case ACTIVE -> ACTIVE;
      case WITHHELD -> WITHHELD;
      case RETIRED, SUPERSEDED -> RETIRED;
    };
  }
}
