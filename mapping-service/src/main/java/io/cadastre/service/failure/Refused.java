/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.failure;

/** The caller must change something; the message says what was refused, why, and what to do. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final RefusalCode code;

  /** A refusal of this kind. */
  public Refused(RefusalCode code, String message) {
    super(message);
    this.code = code;
  }

  /** A refusal of this kind, in the words of the exception that found it. */
  public Refused(RefusalCode code, RuntimeException cause) {
    super(cause.getMessage(), cause);
    this.code = code;
  }

  /** Which of the closed list it is. */
  public RefusalCode code() {
    return code;
  }
}
