/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The body of an admin's change.
 *
 * @param reason why; kept in the event
 */
public record ReasonJson(Optional<String> reason) {
  private static final int MAX = 1000;

  /**
   * Checks the reason's form; whether there must be one is the registry's rule.
   *
   * @throws Refused if it is too long for an event, or could break its line
   */
  public ReasonJson {
    reason.ifPresent(ReasonJson::check);
  }

  static void check(String reason) {
    if (reason.length() > MAX || !isOneLine(reason)) {
      throw new Refused(
          RefusalCode.BAD_REQUEST,
          "the reason is refused: it may have %d characters and no control characters"
              .formatted(MAX));
    }
  }

  /** Whether a text can be written to any file, log or directory as a part of one line. */
  static boolean isOneLine(String text) {
    return text.codePoints().noneMatch(Character::isISOControl)
        && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}
