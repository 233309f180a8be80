/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import java.time.Duration;

/**
 * The pace that a body must keep. Only the time in which the service waits for the client counts.
 *
 * @param bytes the number that must come in each period, unless the body ends in it
 * @param period the length of a period of waiting
 * @param total the time that the service waits for one body in all
 */
record BodyPace(long bytes, Duration period, Duration total) {
  private static final Duration PERIOD = Duration.ofSeconds(30);
  private static final long BYTES = 1024 * PERIOD.toSeconds();

  /** 1 KiB/s over 30 s, and 60 s in all. */
  static final BodyPace USUAL = new BodyPace(BYTES, PERIOD, Duration.ofSeconds(60));

  /** 1 KiB/s over 30 s, and 10 minutes in all. */
  static final BodyPace BATCH = new BodyPace(BYTES, PERIOD, Duration.ofMinutes(10));

  BodyTooSlow tooFewBytes(long received) {
    return new BodyTooSlow(
        "%d bytes of the body came within %d ms of waiting for them; at least %d have to come. Send it faster."
            .formatted(received, period.toMillis(), bytes));
  }

  BodyTooSlow tooLong() {
    return new BodyTooSlow(
        "the body did not end within %d ms of waiting for it. Send it faster, or send less; a batch can be split."
            .formatted(total.toMillis()));
  }
}
