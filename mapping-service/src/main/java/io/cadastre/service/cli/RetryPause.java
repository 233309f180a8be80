/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import java.time.Duration;
import java.util.Optional;

/** Pauses between two requests: as an answer asks with Retry-After, a minute at most. */
final class RetryPause {
  /** The pause if the answer does not name one. */
  private static final Duration USUAL = Duration.ofSeconds(5);

  private static final Duration LONGEST = Duration.ofMinutes(1);

  private RetryPause() {}

  /** Sleeps; a date instead of a number of seconds counts as none. */
  static void sleep(Optional<String> retryAfter) {
    Duration asked =
        retryAfter
            .filter(text -> text.matches("[0-9]{1,9}"))
            .map(text -> Duration.ofSeconds(Long.parseLong(text)))
            .orElse(USUAL);
    sleep(asked.compareTo(LONGEST) < 0 ? asked : LONGEST);
  }

  /** Sleeps that long; an interrupt fails the command. */
  static void sleep(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailed(CommandStatus.TRY_AGAIN, "interrupted", e);
    }
  }
}
