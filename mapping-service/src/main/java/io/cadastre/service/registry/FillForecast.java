/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import java.time.LocalDate;
import java.util.Optional;

/**
 * When a pool fills, by the number of allocations of the time that was observed. Such a number
 * varies by about its square root; the bounds are those of twice that.
 *
 * @param earliest the day (UTC) at a pace that is as much faster
 * @param likely the day at the observed pace
 * @param latest the day at a pace that is as much slower; empty if that is too far away
 */
public record FillForecast(LocalDate earliest, LocalDate likely, Optional<LocalDate> latest) {}
