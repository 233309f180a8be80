/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.subid.Pool;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The slots of a pool: {@code used}, {@code retired}, {@code blocked} and {@code free} add up to
 * {@code slots}.
 *
 * @param pool the pool
 * @param slots all slots
 * @param used slots of active and withheld allocations
 * @param retired slots of retired and superseded allocations, which are never allocated again
 * @param blocked slots that are never allocated
 * @param free slots that can be allocated
 * @param forecast when no slot is left, by the rate of the last 90 days without bulk loads
 */
public record PoolCounts(
    Pool pool,
    long slots,
    long used,
    long retired,
    long blocked,
    long free,
    Optional<PoolForecast> forecast) {
  /** The day (UTC) on which no slot is left. */
  public Optional<LocalDate> fullOn() {
    return forecast.map(PoolForecast::day);
  }
}
