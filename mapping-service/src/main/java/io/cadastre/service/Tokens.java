/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import io.cadastre.service.config.CadastreConfiguration;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.token.BootstrapToken;
import io.cadastre.service.token.KnownTokens;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Opens the tokens at a start, and keeps them up to date. */
final class Tokens {
  /** A revocation counts on every replica within 5 s. */
  private static final Duration READ_EVERY = Duration.ofSeconds(2);

  private Tokens() {}

  /** Opens the bootstrap token; empty if none is configured. */
  static Optional<BootstrapToken> bootstrap(CadastreConfiguration configuration, Clock clock) {
    return configuration
        .access()
        .bootstrapTokenFile()
        .map(file -> BootstrapToken.open(file, clock));
  }

  /** Reads the tokens of the ledger. */
  static KnownTokens of(Ledger ledger) {
    KnownTokens tokens = new KnownTokens(ledger);
    tokens.reload();
    return tokens;
  }

  /** Reads the tokens again at an interval, and records the uses of the bootstrap token. */
  static void keep(
      KnownTokens tokens,
      Optional<BootstrapToken> bootstrap,
      Ledger ledger,
      Background background) {
    background.scheduleAlone("reading the tokens", READ_EVERY, tokens::reload);
    bootstrap.ifPresent(
        file ->
            background.schedule(
                "recording the bootstrap token's use",
                READ_EVERY,
                READ_EVERY,
                () -> file.recordUse(ledger)));
  }
}
