/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.ledger.KnownId;
import io.cadastre.service.ledger.RealIdChange;
import io.cadastre.service.ledger.RealIdChange.Kind;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The real IDs of one type that reads have shown: those of the last read, and those that are gone.
 * Immutable.
 */
final class RememberedIds {
  private static final long THERE = Long.MAX_VALUE;

  private final long[] ids;

  /** For each ID, since when it is gone, in milliseconds since the epoch; or {@link #THERE}. */
  private final long[] goneSince;

  private RememberedIds(long[] ids, long[] goneSince) {
    this.ids = ids;
    this.goneSince = goneSince;
  }

  /** The IDs of this type, which are ascending. */
  static RememberedIds of(IdType type, List<KnownId> known) {
    List<KnownId> own = known.stream().filter(k -> k.type() == type).toList();
    return new RememberedIds(
        own.stream().mapToLong(KnownId::id).toArray(),
        own.stream()
            .mapToLong(k -> k.goneSince().map(Instant::toEpochMilli).orElse(THERE))
            .toArray());
  }

  /** How many IDs of the range are gone and remembered. */
  int gone(IdRange range) {
    int count = 0;
    for (int i = firstFrom(range.start()); i < ids.length && ids[i] <= range.last(); i++) {
      count += goneSince[i] == THERE ? 0 : 1;
    }
    return count;
  }

  private int firstFrom(long id) {
    int at = Arrays.binarySearch(ids, id);
    return at < 0 ? -at - 1 : at;
  }

  /**
   * What a read makes of these, and what has to be written for it.
   *
   * @param after the IDs that are known after the read
   * @param changes what differs from before, a kind each
   */
  record Followed(RememberedIds after, List<RealIdChange> changes) {}

  /**
   * Follows a read.
   *
   * @param type whose IDs these are
   * @param read the real IDs, ascending
   * @param now when it was made
   * @param oldest those that are gone since before this are forgotten
   */
  Followed follow(IdType type, long[] read, Instant now, Instant oldest) {
    Growing after = new Growing(ids.length + read.length);
    Map<Kind, List<Long>> changes = new EnumMap<>(Kind.class);
    int old = 0;
    for (int i = 0; i <= read.length; i++) {
      long next = i < read.length ? read[i] : Long.MAX_VALUE;
      for (; old < ids.length && ids[old] < next; old++) {
        missing(ids[old], goneSince[old], now, oldest, after, changes);
      }
      if (i < read.length) {
        boolean known = old < ids.length && ids[old] == next;
        if (!known) {
          add(changes, Kind.APPEARED, next);
        } else if (goneSince[old] != THERE) {
          add(changes, Kind.RETURNED, next);
        }
        old += known ? 1 : 0;
        after.add(next, THERE);
      }
    }
    return new Followed(
        after.done(),
        changes.entrySet().stream()
            .map(e -> new RealIdChange(type, e.getKey(), e.getValue(), now))
            .toList());
  }

  private static void missing(
      long id,
      long since,
      Instant now,
      Instant oldest,
      Growing after,
      Map<Kind, List<Long>> changes) {
    if (since == THERE) {
      add(changes, Kind.DISAPPEARED, id);
      after.add(id, now.toEpochMilli());
    } else if (since < oldest.toEpochMilli()) {
      add(changes, Kind.EXPIRED, id);
    } else {
      after.add(id, since);
    }
  }

  private static void add(Map<Kind, List<Long>> changes, Kind kind, long id) {
    changes.computeIfAbsent(kind, k -> new ArrayList<>()).add(id);
  }

  /** Collects IDs in ascending order. */
  private static final class Growing {
    private final long[] ids;
    private final long[] goneSince;
    private int size;

    Growing(int atMost) {
      ids = new long[atMost];
      goneSince = new long[atMost];
    }

    void add(long id, long since) {
      ids[size] = id;
      goneSince[size] = since;
      size++;
    }

    RememberedIds done() {
      return new RememberedIds(Arrays.copyOf(ids, size), Arrays.copyOf(goneSince, size));
    }
  }
}
