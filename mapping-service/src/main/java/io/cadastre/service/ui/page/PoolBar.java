/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.page;

import io.cadastre.service.registry.PoolForecast;
import io.cadastre.service.ui.map.UseText;
import java.util.Locale;
import java.util.Optional;

/**
 * A pool as a bar of its slots.
 *
 * @param forecast when it is full at the present pace
 */
public record PoolBar(
    String name,
    long count,
    long slots,
    long used,
    long retired,
    long blocked,
    long free,
    Optional<PoolForecast> forecast) {
  /** The length of a bar in the units of its picture. */
  public static final int LENGTH = 1000;

  /** Where a part begins, or how long it is. A part that is there is seen: at least 2 units. */
  public long units(long part) {
    return part == 0 ? 0 : Math.max(2, Math.round((double) part * LENGTH / slots));
  }

  /** Where a part begins that stands behind these. */
  public long from(long... parts) {
    long units = 0;
    for (long part : parts) {
      units += units(part);
    }
    return units;
  }

  /** A number with separators. */
  public static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** The share of the slots that are not free, with the sign of percent. */
  public String share() {
    return UseText.share(slots - free, slots);
  }
}
