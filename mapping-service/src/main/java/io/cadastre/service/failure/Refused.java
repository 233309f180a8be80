/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.failure;

/** A refused request: the caller must change something. The message has reason and remedy. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final RefusalCode code;

  /** A refusal with this code. */
  public Refused(RefusalCode code, String message) {
    super(message);
    this.code = code;
  }

  /** A refusal with this code and the message of {@code cause}. */
  public Refused(RefusalCode code, RuntimeException cause) {
    super(cause.getMessage(), cause);
    this.code = code;
  }

  /** The code. */
  public RefusalCode code() {
    return code;
  }
}
