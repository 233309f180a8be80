/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import java.util.Locale;

/** How urgent a finding is. */
public enum Severity {
  /** No action is needed. */
  INFO,
  /** The service or the node works now, and may fail later. */
  WARNING,
  /** An admin must act. */
  ERROR;

  /** Returns the word for the severity in JSON and the CLI. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
