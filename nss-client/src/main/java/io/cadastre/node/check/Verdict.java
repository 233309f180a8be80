/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import java.util.Locale;

/** The result of a check. */
public enum Verdict {
  PASS,
  WARN,
  FAIL,
  /** What the check needs could not be observed; this does not mean that it is good. */
  UNKNOWN,
  NOT_APPLICABLE;

  /** The word in JSON and in the table. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
