/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import java.util.Locale;

/** How bad a finding is. */
public enum Severity {
  /** Worth knowing; nothing to do. */
  INFO,
  /** Works now, may not later. */
  WARNING,
  /** Wrong: somebody must act. */
  ERROR;

  /** The severity as JSON and the CLI write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
