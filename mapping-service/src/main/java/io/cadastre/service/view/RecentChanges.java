/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.view;

import io.cadastre.service.event.RowChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The latest changes of the snapshot's rows: at least {@value #KEPT} once there were so many, at
 * most twice as many. Immutable.
 *
 * @param knownSince the serial after which all changes are here
 * @param older a whole generation of changes, newest first; null if there is none
 * @param newer the changes after them, newest first; null if there are none
 * @param size the number of changes in {@code newer}
 */
record RecentChanges(long knownSince, @Nullable Step older, @Nullable Step newer, int size) {
  private static final int KEPT = 10_000;

  /** One change, and the change before it in the same generation. */
  record Step(long serial, UUID allocation, RowChange change, @Nullable Step earlier) {}

  /** No change after this serial. */
  static RecentChanges since(long serial) {
    return new RecentChanges(serial, null, null, 0);
  }

  /** These and a newer one. */
  RecentChanges with(long serial, UUID allocation, RowChange change) {
    if (size < KEPT) {
      return new RecentChanges(
          knownSince, older, new Step(serial, allocation, change, newer), size + 1);
    }
    return new RecentChanges(
        older == null ? knownSince : older.serial(),
        newer,
        new Step(serial, allocation, change, null),
        1);
  }

  /**
   * The change of each allocation's row since a serial; empty if there were more than {@code limit}
   * changes.
   *
   * @param serial {@link #knownSince} or later
   */
  Optional<Collection<RowChange>> after(long serial, int limit) {
    List<Step> steps = new ArrayList<>();
    collect(newer, serial, limit, steps);
    collect(older, serial, limit, steps);
    if (steps.size() > limit) {
      return Optional.empty();
    }
    Map<UUID, RowChange> changes = new LinkedHashMap<>();
    for (int i = steps.size() - 1; i >= 0; i--) {
      changes.merge(
          steps.get(i).allocation(),
          steps.get(i).change(),
          (first, last) -> new RowChange(first.before(), last.after()));
    }
    return Optional.of(changes.values());
  }

  private static void collect(@Nullable Step newest, long serial, int limit, List<Step> into) {
    for (Step step = newest;
        step != null && step.serial() > serial && into.size() <= limit;
        step = step.earlier()) {
      into.add(step);
    }
  }
}
