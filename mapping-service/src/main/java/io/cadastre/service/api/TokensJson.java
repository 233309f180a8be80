/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.access.AccessToken;
import java.time.Instant;
import java.util.List;

/**
 * Tokens by name.
 *
 * @param tokens each without its secret
 */
public record TokensJson(List<TokenJson> tokens) {
  /** The answer that lists these tokens at this time. */
  public static TokensJson of(List<AccessToken> tokens, Instant now) {
    return new TokensJson(tokens.stream().map(token -> TokenJson.of(token, now)).toList());
  }
}
