/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import io.cadastre.subid.Finding;

/** An account cannot own a range as it is in the directory. */
public final class AccountRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Finding finding;

  AccountRefused(Finding finding) {
    super(finding.message());
    this.finding = finding;
  }

  /** The fault of the account, and the remedy. */
  public Finding finding() {
    return finding;
  }
}
