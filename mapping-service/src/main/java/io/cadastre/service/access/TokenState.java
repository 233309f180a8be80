/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The states of a token. */
public enum TokenState {
  /** It is valid until it expires. */
  ACTIVE,
  /** It is not valid until an admin confirms it: the ledger may be an old one. */
  SUSPENDED,
  /** It is never valid again. */
  REVOKED;

  /** Returns the state as JSON, events and the database write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the state with this word. */
  public static Optional<TokenState> of(String word) {
    return Arrays.stream(values()).filter(state -> state.word().equals(word)).findFirst();
  }
}
