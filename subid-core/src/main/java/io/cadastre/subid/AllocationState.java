/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import java.util.Locale;

/** The state of an allocation. Its ranges stay allocated in every state. */
public enum AllocationState {
  /** The snapshot and the directory have the range. */
  ACTIVE,
  /** The account is gone or replaced. The range returns with the account. */
  WITHHELD,
  /** An admin or a hook closed the allocation. A new request reinstates it. */
  RETIRED,
  /** The owner has another range now. This allocation is never reinstated. */
  SUPERSEDED;

  private final String word = name().toLowerCase(Locale.ROOT);

  /**
   * Returns the rank among several allocations under one name or uid, lowest first: active, then
   * withheld and retired, then superseded. Withheld and retired have one rank: a retired owner may
   * have the name that a withheld owner had long ago.
   */
  public int rank() {
    return switch (this) {
      case ACTIVE -> 0;
      case WITHHELD, RETIRED -> 1;
      case SUPERSEDED -> 2;
    };
  }

  /** Returns the word for the state in JSON, LDAP and messages. */
  public String word() {
    return word;
  }

  /**
   * Returns the state with that word.
   *
   * @throws IllegalArgumentException if no state has that word
   */
  public static AllocationState of(String word) {
    for (AllocationState state : values()) {
      if (state.word.equals(word)) {
        return state;
      }
    }
    throw new IllegalArgumentException(
        "the state \"%s\" is not one of active, withheld, retired, superseded".formatted(word));
  }
}
