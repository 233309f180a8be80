/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

/** How a pool chooses the slot of a new allocation. */
public enum Strategy {
  /** The lowest slot that has never been taken: a counter. */
  NEXT_FREE,
  /**
   * {@code first + (uid - uidFirst) * count}, the formula of shadow 4.20's SUB_UID_DETERMINISTIC.
   * It never wraps: what does not fit is refused.
   */
  DETERMINISTIC
}
