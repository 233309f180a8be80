/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.failure;

import java.time.Duration;

/**
 * No range can be taken from one pool now, because an entry of the directory claims too much of it;
 * other pools and owners who have their range already are not affected.
 */
public final class PoolHeld extends Unavailable {
  private static final long serialVersionUID = 1L;

  /** Says which pool is held by which entry, and what to do about it. */
  public PoolHeld(String message, Duration retryAfter) {
    super(message, retryAfter);
  }
}
