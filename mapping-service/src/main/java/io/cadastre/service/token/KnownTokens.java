/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.token;

import io.cadastre.service.access.AccessToken;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.TokenQueries;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger's tokens in memory, so that a request waits for no database, and is served while the
 * database is away. {@link #reload} reads them again; it is called in the background, and after
 * each change that this process makes. Thread-safe.
 */
public final class KnownTokens {
  private static final Logger LOG = LoggerFactory.getLogger(KnownTokens.class);

  private final TokenQueries queries;
  private volatile Map<String, AccessToken> byId = Map.of();

  /** No token yet. */
  public KnownTokens(Ledger ledger) {
    this.queries = new TokenQueries(ledger);
  }

  /**
   * Reads all tokens. Reads take turns: none that began before a change replaces one after it.
   *
   * @throws Unavailable if the database does not answer; the tokens stay as they were read last
   */
  public synchronized void reload() {
    byId =
        queries.all().stream()
            .collect(Collectors.toUnmodifiableMap(AccessToken::id, Function.identity()));
  }

  /** Reads all tokens after a change; if that fails now, the next read in the background does. */
  public void reloadAfterChange() {
    try {
      reload();
    } catch (Unavailable e) {
      LOG.warn("a change of the tokens counts here after the next read: {}", e.getMessage());
    }
  }

  /** Returns the token with this ID, whatever its state. */
  Optional<AccessToken> byId(String id) {
    return Optional.ofNullable(byId.get(id));
  }
}
