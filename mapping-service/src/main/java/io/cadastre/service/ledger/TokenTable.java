/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.access.AccessToken;
import io.cadastre.service.access.Bounds;
import io.cadastre.service.access.Role;
import io.cadastre.service.access.TokenState;
import io.cadastre.service.access.UidRange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and writes the rows of {@code access_token}. Not thread-safe. */
final class TokenTable {
  private static final Logger LOG = LoggerFactory.getLogger(TokenTable.class);

  private final Handle handle;

  TokenTable(Handle handle) {
    this.handle = handle;
  }

  /** All tokens by name. A row that was edited and is no token is left out, and so not valid. */
  List<AccessToken> all() {
    return handle
        .createQuery("SELECT * FROM access_token ORDER BY name, made_at, id")
        .map((row, context) -> token(row))
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /** Adds a token. */
  void insert(AccessToken token) {
    handle
        .createUpdate(
            "INSERT INTO access_token (id, name, hash, role, made_at, expires_at, state, pool,"
                + " uids, stable_id_prefix, dn_base, nodes) VALUES (:id, :name, :hash, :role,"
                + " :made, :expires, :state, :pool, :uids, :stableIdPrefix, :dnBase, :nodes)")
        .bind("id", token.id())
        .bind("name", token.name())
        .bind("hash", token.hash())
        .bind("role", token.role().word())
        .bind("made", token.made())
        .bind("expires", token.expires())
        .bind("state", token.state().word())
        .bind("pool", token.bounds().pool())
        .bind("uids", token.bounds().uids().map(UidRange::toString))
        .bind("stableIdPrefix", token.bounds().stableIdPrefix())
        .bind("dnBase", token.bounds().dnBase())
        .bind("nodes", token.bounds().nodes())
        .execute();
  }

  /** Writes the state of a token. */
  void update(AccessToken token) {
    handle
        .createUpdate("UPDATE access_token SET state = :state WHERE id = :id")
        .bind("state", token.state().word())
        .bind("id", token.id())
        .execute();
  }

  private static Optional<AccessToken> token(ResultSet row) throws SQLException {
    String id = row.getString("id");
    try {
      return Optional.of(
          new AccessToken(
              id,
              row.getString("name"),
              row.getString("hash"),
              Role.of(row.getString("role")).orElseThrow(() -> edited("role")),
              LedgerJdbi.instant(row, "made_at").orElseThrow(() -> edited("made_at")),
              LedgerJdbi.instant(row, "expires_at").orElseThrow(() -> edited("expires_at")),
              TokenState.of(row.getString("state")).orElseThrow(() -> edited("state")),
              new Bounds(
                  text(row, "pool"),
                  text(row, "uids").map(UidRange::parse),
                  text(row, "stable_id_prefix"),
                  text(row, "dn_base"),
                  text(row, "nodes"))));
    } catch (IllegalArgumentException e) {
      LOG.warn("the token {} is not valid: its row was edited: {}", id, e.getMessage());
      return Optional.empty();
    }
  }

  private static IllegalArgumentException edited(String column) {
    return new IllegalArgumentException("the column %s has no valid value".formatted(column));
  }

  private static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }
}
