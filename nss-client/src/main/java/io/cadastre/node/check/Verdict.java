/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import java.util.Locale;

/** What a check comes to. */
public enum Verdict {
  PASS,
  WARN,
  FAIL,
  /** It could not be looked at; that is not the same as fine. */
  UNKNOWN,
  NOT_APPLICABLE;

  /** As JSON and the table have it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
