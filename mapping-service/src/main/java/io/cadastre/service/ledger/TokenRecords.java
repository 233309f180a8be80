/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.access.AccessToken;
import io.cadastre.service.access.TokenState;
import io.cadastre.service.access.UidRange;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.event.TokenRecord;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Records the tokens of a change, each with an event that has neither secret nor hash. Not
 * thread-safe.
 */
public final class TokenRecords {
  private final LedgerTransaction transaction;
  private final TokenTable table;

  TokenRecords(LedgerTransaction transaction, Handle handle) {
    this.transaction = transaction;
    this.table = new TokenTable(handle);
  }

  /** All tokens by name, the revoked ones included. */
  public List<AccessToken> all() {
    return table.all();
  }

  /** Records a new token. */
  public void add(AccessToken token, AuditContext context) {
    table.insert(token);
    transaction.note(EventKind.MAKE_TOKEN, record(token), context);
  }

  /**
   * Records another state of a token.
   *
   * @return the token in this state
   */
  public AccessToken change(AccessToken token, TokenState state, AuditContext context) {
    AccessToken changed = token.in(state);
    table.update(changed);
    EventKind kind =
        switch (state) {
          case ACTIVE -> EventKind.CONFIRM_TOKEN;
          case SUSPENDED -> EventKind.SUSPEND_TOKEN;
          case REVOKED -> EventKind.REVOKE_TOKEN;
        };
    transaction.note(kind, record(changed), context);
    return changed;
  }

  /**
   * Suspends every active token and returns them; also those past their end, since the clock of the
   * database may be ahead.
   */
  public List<AccessToken> suspendAll(AuditContext context) {
    return all().stream()
        .filter(token -> token.state() == TokenState.ACTIVE)
        .map(token -> change(token, TokenState.SUSPENDED, context))
        .toList();
  }

  /** The state in the event of a use of the bootstrap token: its public part. */
  record BootstrapUse(String id) {}

  /** Records that the bootstrap token with this ID was used. */
  public void useBootstrap(String id, AuditContext context) {
    transaction.note(EventKind.USE_BOOTSTRAP, new BootstrapUse(id), context);
  }

  private static TokenRecord record(AccessToken token) {
    return new TokenRecord(
        token.id(),
        token.name(),
        token.role().word(),
        token.made().toString(),
        token.expires().toString(),
        token.state().word(),
        token.bounds().pool(),
        token.bounds().uids().map(UidRange::toString),
        token.bounds().stableIdPrefix(),
        token.bounds().dnBase(),
        token.bounds().nodes());
  }
}
