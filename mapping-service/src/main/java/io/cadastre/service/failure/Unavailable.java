/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.failure;

import java.time.Duration;

/** A dependency of the service does not answer now. Nothing was changed; a retry may succeed. */
public class Unavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  /** A message with the dependency, and the time to wait before a retry. */
  public Unavailable(String message, Duration retryAfter, Throwable cause) {
    super(message, cause);
    this.retryAfter = retryAfter;
  }

  /** A message with the dependency, and the time to wait before a retry. */
  public Unavailable(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  /** The time that the caller should wait before a retry. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
