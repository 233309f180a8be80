/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.config;

/** The aliases that a search follows (RFC 4511, 4.5.1.3). */
public enum AliasDereferencing {
  /** None. */
  NEVER,
  /** Those below the base, not the base itself. */
  SEARCHING,
  /** The base itself, none below it. */
  FINDING,
  /** All. */
  ALWAYS;

  /** Whether a search follows the aliases below its base. */
  public boolean followsBelowBase() {
    return this == SEARCHING || this == ALWAYS;
  }
}
