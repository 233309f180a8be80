/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

/** How a pool selects the slot of a new allocation. */
public enum Strategy {
  /** The next slot of a counter: the lowest one that was never allocated. */
  NEXT_FREE,
  /**
   * {@code first + (uid - uidFirst) * count}, the formula of shadow 4.20's SUB_UID_DETERMINISTIC. A
   * slot beyond the end of the pool is refused; the formula never wraps.
   */
  DETERMINISTIC
}
