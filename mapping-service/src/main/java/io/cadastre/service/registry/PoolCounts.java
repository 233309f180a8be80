/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.subid.Pool;
import java.time.LocalDate;
import java.util.Optional;

/**
 * How full a pool is, in slots: {@code used}, {@code retired}, {@code blocked} and {@code free}
 * make {@code slots}.
 *
 * @param pool the pool
 * @param slots all of its slots
 * @param used those of owners who have, or may get back, their range: active and withheld
 * @param retired those that are closed, yet nobody else's: retired and superseded
 * @param blocked those that nobody can be given
 * @param free the rest
 * @param fullOn the day (UTC) on which none is left if it goes on as in the last 90 days
 */
public record PoolCounts(
    Pool pool,
    long slots,
    long used,
    long retired,
    long blocked,
    long free,
    Optional<LocalDate> fullOn) {}
