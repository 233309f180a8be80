/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.pem;

/** A text in PEM cannot be used. The message continues the name of the file, and quotes nothing. */
public final class PemRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /** A refusal for this reason. */
  PemRefused(String why) {
    super(why);
  }

  /** A refusal for this reason, with its cause. */
  PemRefused(String why, Exception cause) {
    super(why, cause);
  }
}
