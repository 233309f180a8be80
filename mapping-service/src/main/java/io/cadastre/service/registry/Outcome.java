/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import java.util.Locale;

/** What a request for a range came to. */
public enum Outcome {
  /** A range was granted. */
  CREATED,
  /** The owner had it already. */
  UNCHANGED,
  /** A retired or withheld range was given back. */
  REINSTATED;

  /** The outcome as JSON writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
