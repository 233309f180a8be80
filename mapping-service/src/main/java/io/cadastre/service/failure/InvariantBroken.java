/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.failure;

/** Something that must never be is: nothing was changed, and an operator has to look. */
public final class InvariantBroken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says which invariant, with the values. */
  public InvariantBroken(String message) {
    super(message);
  }

  /** Says which invariant, with what the library said. */
  public InvariantBroken(String message, Throwable cause) {
    super(message, cause);
  }
}
