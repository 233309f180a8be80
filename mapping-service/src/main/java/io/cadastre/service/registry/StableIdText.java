/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.subid.OwnerName;
import java.util.Optional;

/**
 * The stable ids of the ledger: the source, a colon, and the id as the source writes it. An account
 * without one is known by its uid and name.
 */
final class StableIdText {
  private static final String CALLER = "caller:";
  private static final String NONE = "unidentified:";

  private StableIdText() {}

  /** Returns the stable id that a caller sent, as the ledger writes it. */
  static String ofCaller(String id) {
    return CALLER + id;
  }

  /** Returns what the ledger writes for an account without a stable id. */
  static String unidentified(long uidNumber, OwnerName name) {
    return NONE + uidNumber + ":" + name;
  }

  /** Returns the id as its source writes it; empty for an account without one. */
  static Optional<String> bySource(String stableId) {
    return stableId.startsWith(NONE)
        ? Optional.empty()
        : Optional.of(stableId.substring(stableId.indexOf(':') + 1));
  }
}
