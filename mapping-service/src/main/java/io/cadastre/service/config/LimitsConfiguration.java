/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.config;

import io.cadastre.service.access.RequestRate;
import java.util.Objects;

/**
 * How many requests may come. What nodes read is not counted. Immutable.
 *
 * @param credential with one credential: a hook may ask for 32,000 owners at once, if left out
 * @param address with any credentials from one client address; four times that, if left out
 * @param failures without a valid credential from one client address
 */
public record LimitsConfiguration(
    RequestRate credential, RequestRate address, RequestRate failures) {
  private static final RequestRate CREDENTIAL = new RequestRate(40_000, 500);
  private static final RequestRate ADDRESS = new RequestRate(160_000, 2_000);
  private static final RequestRate FAILURES = new RequestRate(1_000, 10);

  /** The limits if the configuration has none. */
  public static final LimitsConfiguration DEFAULT =
      new LimitsConfiguration(CREDENTIAL, ADDRESS, FAILURES);

  /** Applies the defaults. */
  public LimitsConfiguration {
    credential = Objects.requireNonNullElse(credential, CREDENTIAL);
    address = Objects.requireNonNullElse(address, ADDRESS);
    failures = Objects.requireNonNullElse(failures, FAILURES);
  }
}
