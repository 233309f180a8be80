/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.access;

/** No valid credential. The message says why, and has no secret. */
public final class Unauthenticated extends Exception {
  private static final long serialVersionUID = 1;

  /** A refusal for this reason. */
  public Unauthenticated(String reason) {
    super(reason);
  }
}
