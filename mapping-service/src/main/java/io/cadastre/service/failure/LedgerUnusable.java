/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.failure;

/**
 * The configuration names a ledger that is not there or is damaged. An operator has to act, and
 * trying again changes nothing: the process exits 78, which systemd does not restart.
 */
public final class LedgerUnusable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong and what to do. */
  public LedgerUnusable(String message) {
    super(message);
  }

  /** Says what is wrong and what to do, with what the database said. */
  public LedgerUnusable(String message, Throwable cause) {
    super(message, cause);
  }
}
