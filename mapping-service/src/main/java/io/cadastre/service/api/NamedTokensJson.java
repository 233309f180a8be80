/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import java.util.Optional;

/**
 * The body that suspends or confirms tokens.
 *
 * @param reason why; kept in the event
 * @param name one token
 * @param all true for all tokens; either this or {@code name} is required
 */
public record NamedTokensJson(
    Optional<String> reason, Optional<String> name, Optional<Boolean> all) {
  /** The body with every field left out. */
  public static final NamedTokensJson NOTHING =
      new NamedTokensJson(Optional.empty(), Optional.empty(), Optional.empty());

  /** Checks the reason's form, as {@link ReasonJson} does. */
  public NamedTokensJson {
    reason.ifPresent(ReasonJson::check);
  }

  /**
   * The name of the token; empty for all.
   *
   * @throws Refused if the body has neither or both
   */
  public Optional<String> nameOrAll() {
    if (name.isPresent() == all.orElse(false)) {
      throw new Refused(RefusalCode.BAD_REQUEST, "the body needs either \"name\" or \"all\": true");
    }
    return name;
  }
}
