/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.failure;

import java.time.Duration;

/**
 * Another owner has the account's name or uid in the ledger until the next read of the directory.
 * Other owners are not affected.
 */
public final class OwnerHeld extends Unavailable {
  private static final long serialVersionUID = 1L;

  /** A message with both owners and the remedy. */
  public OwnerHeld(String message, Duration retryAfter) {
    super(message, retryAfter);
  }
}
