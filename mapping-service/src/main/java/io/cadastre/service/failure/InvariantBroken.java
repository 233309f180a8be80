/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.failure;

/** An invariant does not hold. Nothing was changed; an operator has to investigate. */
public final class InvariantBroken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A message with the invariant and the values. */
  public InvariantBroken(String message) {
    super(message);
  }

  /** A message with the invariant and the error of the library. */
  public InvariantBroken(String message, Throwable cause) {
    super(message, cause);
  }
}
