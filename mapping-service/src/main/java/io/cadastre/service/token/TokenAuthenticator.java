/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.token;

import io.cadastre.service.access.AccessToken;
import io.cadastre.service.access.Authenticator;
import io.cadastre.service.access.CredentialKind;
import io.cadastre.service.access.Presented;
import io.cadastre.service.access.Principal;
import io.cadastre.service.access.TokenText;
import io.cadastre.service.access.Unauthenticated;
import java.time.Clock;
import java.util.Optional;

/**
 * Recognizes the registry's own tokens and the bootstrap token. A wrong secret and an unknown ID
 * get the same answer; only the holder of a token learns that it is revoked, expired or suspended.
 * Thread-safe.
 */
public final class TokenAuthenticator implements Authenticator {
  private static final String UNKNOWN =
      "the token is unknown: it is mistyped, or of another registry, or was lost when the ledger"
          + " was made anew. An admin can make another";

  private final KnownTokens tokens;
  private final Optional<BootstrapToken> bootstrap;
  private final Clock clock;

  /** An authenticator by these tokens. */
  public TokenAuthenticator(KnownTokens tokens, Optional<BootstrapToken> bootstrap, Clock clock) {
    this.tokens = tokens;
    this.bootstrap = bootstrap;
    this.clock = clock;
  }

  @Override
  public Optional<Principal> authenticate(Presented presented) throws Unauthenticated {
    Optional<String> bearer = presented.bearer().filter(text -> text.startsWith(TokenText.PREFIX));
    return bearer.isEmpty() ? Optional.empty() : Optional.of(principal(bearer.get()));
  }

  private Principal principal(String bearer) throws Unauthenticated {
    TokenText shown =
        TokenText.parse(bearer)
            .orElseThrow(
                () ->
                    new Unauthenticated(
                        "the token is malformed: it is cadastre_, an ID of 8 to 12 characters, _"
                            + " and 43 characters"));
    Optional<AccessToken> token =
        tokens.byId(shown.id()).filter(known -> shown.hashesTo(known.hash()));
    if (token.isPresent()) {
      requireValid(token.get());
      return new Principal(
          token.get().name(),
          token.get().role(),
          CredentialKind.TOKEN,
          Optional.of(token.get().id()),
          token.get().bounds());
    }
    return bootstrap
        .flatMap(file -> file.principal(shown))
        .orElseThrow(() -> new Unauthenticated(UNKNOWN));
  }

  private void requireValid(AccessToken token) throws Unauthenticated {
    switch (token.state()) {
      case REVOKED -> throw new Unauthenticated("the token %s is revoked".formatted(token.name()));
      case SUSPENDED ->
          throw new Unauthenticated(
              "the token %s is suspended; an admin makes it valid again by \"cadastre token confirm %1$s\""
                  .formatted(token.name()));
      case ACTIVE -> {
        if (!clock.instant().isBefore(token.expires())) {
          throw new Unauthenticated(
              "the token %s has expired at %s".formatted(token.name(), token.expires()));
        }
      }
    }
  }
}
