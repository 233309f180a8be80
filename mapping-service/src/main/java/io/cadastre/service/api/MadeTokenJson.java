/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.access.TokenText;
import io.cadastre.service.registry.TokenCommands.Made;
import java.time.Instant;
import java.util.Optional;

/**
 * A token that was, or would be, made.
 *
 * @param secret the whole token, {@code cadastre_ID_SECRET}: only this answer has it; left out for
 *     a dry run
 * @param token the token without its secret
 */
public record MadeTokenJson(Optional<String> secret, TokenJson token) {
  /** The answer that hands over this token at this time. */
  public static MadeTokenJson of(Made made, Instant now) {
    return new MadeTokenJson(made.secret().map(TokenText::text), TokenJson.of(made.token(), now));
  }

  /** Keeps the secret out of logs. */
  @Override
  public String toString() {
    return "MadeTokenJson[%s]".formatted(token);
  }
}
