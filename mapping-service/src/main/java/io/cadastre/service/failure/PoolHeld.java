/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.failure;

import java.time.Duration;

/**
 * No range can be allocated from one pool now, because a directory entry claims too much of it.
 * Other pools, and owners that have a range, are not affected.
 */
public final class PoolHeld extends Unavailable {
  private static final long serialVersionUID = 1L;

  /** A message with the pool, the entry and the remedy. */
  public PoolHeld(String message, Duration retryAfter) {
    super(message, retryAfter);
  }
}
