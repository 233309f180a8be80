/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

/**
 * Something cannot be observed; the message says what and why. A check that needs it is unknown.
 */
final class Unobservable extends Exception {
  private static final long serialVersionUID = 1L;

  Unobservable(String message) {
    super(message);
  }
}
