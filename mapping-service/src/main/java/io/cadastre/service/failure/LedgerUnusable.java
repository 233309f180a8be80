/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.failure;

/**
 * The configured ledger is missing or damaged. An operator has to act, and a retry changes nothing:
 * the process exits with 78, after which systemd does not restart it.
 */
public final class LedgerUnusable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A message with the fault and the remedy. */
  public LedgerUnusable(String message) {
    super(message);
  }

  /** A message with the fault and the remedy, and the error of the database. */
  public LedgerUnusable(String message, Throwable cause) {
    super(message, cause);
  }
}
