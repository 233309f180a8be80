/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import java.util.Locale;

/** Whether the directory says what the ledger says about an owner. */
public enum DirectoryState {
  /** It does. */
  PUBLISHED,
  /** Not yet: the outbox will see to it. */
  PENDING,
  /** It never will: the owner has no DN. */
  NONE;

  /** The word as JSON writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
