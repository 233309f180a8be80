/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.access.AccessToken;
import io.cadastre.service.access.Role;
import io.cadastre.service.access.TokenExpiry;
import io.cadastre.service.access.TokenState;
import io.cadastre.service.access.TokenText;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerTransaction;
import io.cadastre.service.ledger.TokenQueries;
import io.cadastre.service.token.KnownTokens;
import io.cadastre.subid.Pool;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Makes, lists, revokes, suspends and confirms tokens. A change counts here at once, and on other
 * replicas within seconds. Taking a right away is never held back; giving one is, while the ledger
 * differs from its events. Thread-safe.
 */
public final class TokenCommands {
  private final Ledger ledger;
  private final KnownTokens tokens;
  private final Identities identities;
  private final ChangeGate gate;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /** Commands on the tokens of this ledger. */
  public TokenCommands(
      Ledger ledger, KnownTokens tokens, Identities identities, ChangeGate gate, Clock clock) {
    this.ledger = ledger;
    this.tokens = tokens;
    this.identities = identities;
    this.gate = gate;
    this.clock = clock;
  }

  /**
   * A token that was made.
   *
   * @param secret the whole token, which is nowhere else; empty for a dry run
   */
  public record Made(AccessToken token, Optional<TokenText> secret) {}

  /** All tokens by name, as the ledger has them now. */
  public List<AccessToken> all() {
    return new TokenQueries(ledger).all();
  }

  /**
   * Makes a token.
   *
   * @throws Refused for a name that a living token has, an unknown pool, a wrong expiry, or without
   *     uids for a provisioner where callers say who an account is
   */
  public Made make(TokenRequest request, boolean dryRun, AuditContext context) {
    gate.check(ChangeGate.Part.LEDGER);
    requireUids(request);
    TokenText secret = TokenText.random(random);
    AccessToken token = token(request, secret);
    AccessToken made =
        change(
            dryRun,
            transaction -> {
              requireUnused(transaction, token);
              requirePool(transaction, request);
              transaction.tokens().add(token, context);
              return token;
            });
    return new Made(made, dryRun ? Optional.empty() : Optional.of(secret));
  }

  private AccessToken token(TokenRequest request, TokenText secret) {
    Instant now = clock.instant();
    try {
      return new AccessToken(
          secret.id(),
          request.name(),
          secret.hash(),
          request.role(),
          now.truncatedTo(ChronoUnit.SECONDS),
          TokenExpiry.of(request.expires(), now),
          TokenState.ACTIVE,
          request.bounds());
    } catch (IllegalArgumentException e) {
      throw new Refused(RefusalCode.BAD_REQUEST, e);
    }
  }

  /** A token that could change nothing is refused now, and not at its first use. */
  private void requireUids(TokenRequest request) {
    if (!identities.fromDirectory()
        && request.role() == Role.PROVISIONER
        && request.bounds().uids().isEmpty()) {
      throw new Refused(
          RefusalCode.BAD_REQUEST,
          "with identity.source: caller a provisioner says who an account is, so its token needs \"uids\", the uids whose owners it may change: cadastre token make %s --role provisioner --uids FIRST-LAST"
              .formatted(request.name()));
    }
  }

  private void requireUnused(LedgerTransaction transaction, AccessToken token) {
    if (transaction.tokens().all().stream().anyMatch(hasName(token.name()))) {
      throw new Refused(
          RefusalCode.WRONG_STATE,
          "there is a token %s that is neither revoked nor expired; choose another name, or run: cadastre token revoke %1$s --reason WHY"
              .formatted(token.name()));
    }
  }

  private static void requirePool(LedgerTransaction transaction, TokenRequest request) {
    request
        .bounds()
        .pool()
        .filter(name -> transaction.pools().stream().map(Pool::name).noneMatch(name::equals))
        .ifPresent(
            name -> {
              throw new Refused(
                  RefusalCode.UNKNOWN_POOL,
                  "there is no pool \"%s\"; \"cadastre pools\" lists the pools".formatted(name));
            });
  }

  /**
   * Revokes a token for good.
   *
   * @throws Refused without a reason, or if no living token has the name
   */
  public AccessToken revoke(String name, boolean dryRun, AuditContext context) {
    ChangeGate.requireReason(context, "revoke a token");
    return change(
        dryRun,
        transaction ->
            transaction.tokens().change(living(transaction, name), TokenState.REVOKED, context));
  }

  /**
   * Suspends one token or all that are active.
   *
   * @param name the token; empty for all
   * @throws Refused without a reason, or if no living token has the name
   */
  public List<AccessToken> suspend(Optional<String> name, boolean dryRun, AuditContext context) {
    ChangeGate.requireReason(context, "suspend a token");
    return move(name, TokenState.ACTIVE, TokenState.SUSPENDED, dryRun, context);
  }

  /**
   * Makes one suspended token valid again, or all of them.
   *
   * @param name the token; empty for all
   * @throws Refused if no living token has the name
   */
  public List<AccessToken> confirm(Optional<String> name, boolean dryRun, AuditContext context) {
    gate.check(ChangeGate.Part.LEDGER);
    return move(name, TokenState.SUSPENDED, TokenState.ACTIVE, dryRun, context);
  }

  /** Changes the state of the living tokens that have the first one; none is no mistake. */
  private List<AccessToken> move(
      Optional<String> name, TokenState from, TokenState to, boolean dryRun, AuditContext context) {
    return change(
        dryRun,
        transaction -> {
          List<AccessToken> asked =
              name.map(one -> List.of(living(transaction, one)))
                  .orElseGet(
                      () ->
                          transaction.tokens().all().stream()
                              .filter(token -> token.isLiving(clock.instant()))
                              .toList());
          return asked.stream()
              .filter(token -> token.state() == from)
              .map(token -> transaction.tokens().change(token, to, context))
              .toList();
        });
  }

  private AccessToken living(LedgerTransaction transaction, String name) {
    return transaction.tokens().all().stream()
        .filter(hasName(name))
        .findFirst()
        .orElseThrow(
            () ->
                new Refused(
                    RefusalCode.WRONG_STATE,
                    "there is no token \"%s\" that is neither revoked nor expired; \"cadastre token list\" lists all"
                        .formatted(name)));
  }

  private Predicate<AccessToken> hasName(String name) {
    Instant now = clock.instant();
    return token -> token.name().equals(name) && token.isLiving(now);
  }

  private <T> T change(boolean dryRun, Function<LedgerTransaction, T> change) {
    T changed = new ChangeRunner(ledger, dryRun).run(change);
    if (!dryRun) {
      tokens.reloadAfterChange();
    }
    return changed;
  }
}
