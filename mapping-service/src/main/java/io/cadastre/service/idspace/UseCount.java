/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.idspace;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Counts IDs by their use. Not thread-safe; once nobody adds to it any more, safe to read. */
public final class UseCount {
  private final Map<IdUse, Long> ids = new EnumMap<>(IdUse.class);

  /** Returns the sum of counts. */
  public static UseCount sum(Iterable<UseCount> counts) {
    UseCount sum = new UseCount();
    counts.forEach(sum::add);
    return sum;
  }

  /** Adds IDs. */
  void add(IdUse use, long count) {
    ids.merge(use, count, Long::sum);
  }

  private void add(UseCount other) {
    other.ids.forEach(this::add);
  }

  /** Returns the number of IDs with this use. */
  public long of(IdUse use) {
    return ids.getOrDefault(use, 0L);
  }

  /** Returns the number of IDs. */
  public long all() {
    return ids.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns the use of all IDs; empty if they have several. */
  public Optional<IdUse> only() {
    return ids.size() == 1 ? ids.keySet().stream().findFirst() : Optional.empty();
  }
}
