/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import java.util.Locale;

/** What an allocation is to its owner now. Its ranges stay taken in every state. */
public enum AllocationState {
  /** The owner's present range: in the snapshot and in the directory. */
  ACTIVE,
  /** The owner's account is gone or replaced; the range comes back with him. */
  WITHHELD,
  /** Closed by an admin or a hook; a new request reinstates it. */
  RETIRED,
  /** The owner was moved to another range; closed for good. */
  SUPERSEDED;

  /** The state as JSON, LDAP and messages write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The state of that word.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static AllocationState of(String word) {
    for (AllocationState state : values()) {
      if (state.word().equals(word)) {
        return state;
      }
    }
    throw new IllegalArgumentException(
        "the state \"%s\" is not one of active, withheld, retired, superseded".formatted(word));
  }
}
