/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.access.AccessToken;
import java.util.List;

/** Reads the tokens. Thread-safe. */
public final class TokenQueries {
  private final Ledger ledger;

  /** Queries on this ledger. */
  public TokenQueries(Ledger ledger) {
    this.ledger = ledger;
  }

  /** All tokens by name, the revoked ones included. */
  public List<AccessToken> all() {
    return ledger.readRows(handle -> new TokenTable(handle).all());
  }
}
