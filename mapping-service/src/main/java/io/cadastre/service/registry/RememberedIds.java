/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.directory.AccountIndex;
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
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The real IDs that reads have shown: those of the last read, and those missing since. Immutable.
 *
 * @param uids the uids of accounts
 * @param gids the gids of accounts and groups
 */
record RememberedIds(OfType uids, OfType gids) {

  /** Returns the IDs in these rows, which are ascending. */
  static RememberedIds of(List<KnownId> rows) {
    return new RememberedIds(OfType.of(IdType.SUBUID, rows), OfType.of(IdType.SUBGID, rows));
  }

  /** Whether an ID of the range is missing from the last read and still remembered. */
  boolean hasMissing(IdRange range) {
    return firstMissing(range).isPresent();
  }

  /** The lowest missing ID of the range that is still remembered, such as {@code uid 1001}. */
  Optional<String> firstMissing(IdRange range) {
    OptionalLong uid = uids.firstMissing(range);
    OptionalLong gid = gids.firstMissing(range);
    return uid.isPresent()
        ? Optional.of("uid " + uid.getAsLong())
        : gid.isPresent() ? Optional.of("gid " + gid.getAsLong()) : Optional.empty();
  }

  /**
   * The effect of a read.
   *
   * @param after the IDs after the read
   * @param changes the differences, one for each type and kind
   */
  record Update(RememberedIds after, List<RealIdChange> changes) {}

  /**
   * Returns the effect of a read.
   *
   * @param oldest an ID that is missing since before this is forgotten
   */
  Update update(AccountIndex read, Instant oldest) {
    List<RealIdChange> changes = new ArrayList<>();
    OfType newUids = uids.update(IdType.SUBUID, read, oldest, changes);
    OfType newGids = gids.update(IdType.SUBGID, read, oldest, changes);
    return new Update(new RememberedIds(newUids, newGids), List.copyOf(changes));
  }

  /** The IDs of one type. Immutable. */
  static final class OfType {
    private static final long PRESENT = Long.MAX_VALUE;

    private final long[] ids;

    /** For each ID, since when it is missing, in ms since the epoch; or {@link #PRESENT}. */
    private final long[] missingSince;

    private OfType(long[] ids, long[] missingSince) {
      this.ids = ids;
      this.missingSince = missingSince;
    }

    private static OfType of(IdType type, List<KnownId> rows) {
      List<KnownId> own = rows.stream().filter(row -> row.type() == type).toList();
      return new OfType(
          own.stream().mapToLong(KnownId::id).toArray(),
          own.stream()
              .mapToLong(row -> row.goneSince().map(Instant::toEpochMilli).orElse(PRESENT))
              .toArray());
    }

    /** Returns how many IDs of the range are missing from the last read and still remembered. */
    int countMissing(IdRange range) {
      int count = 0;
      for (int i = firstFrom(range.start()); i < ids.length && ids[i] <= range.last(); i++) {
        count += missingSince[i] == PRESENT ? 0 : 1;
      }
      return count;
    }

    private OptionalLong firstMissing(IdRange range) {
      for (int i = firstFrom(range.start()); i < ids.length && ids[i] <= range.last(); i++) {
        if (missingSince[i] != PRESENT) {
          return OptionalLong.of(ids[i]);
        }
      }
      return OptionalLong.empty();
    }

    private int firstFrom(long id) {
      int at = Arrays.binarySearch(ids, id);
      return at < 0 ? -at - 1 : at;
    }

    private OfType update(
        IdType type, AccountIndex index, Instant oldest, List<RealIdChange> changes) {
      Instant now = index.time();
      long[] read = index.realIds(type);
      Builder after = new Builder(ids.length + read.length);
      Map<Kind, List<Long>> idsByKind = new EnumMap<>(Kind.class);
      int old = 0;
      for (int i = 0; i <= read.length; i++) {
        long next = i < read.length ? read[i] : Long.MAX_VALUE;
        for (; old < ids.length && ids[old] < next; old++) {
          updateMissing(old, now, oldest, after, idsByKind);
        }
        if (i < read.length) {
          boolean known = old < ids.length && ids[old] == next;
          if (!known) {
            add(idsByKind, Kind.APPEARED, next);
          } else if (missingSince[old] != PRESENT) {
            add(idsByKind, Kind.RETURNED, next);
          }
          old += known ? 1 : 0;
          after.add(next, PRESENT);
        }
      }
      idsByKind.forEach((kind, changed) -> changes.add(new RealIdChange(type, kind, changed, now)));
      return after.build();
    }

    private void updateMissing(
        int index, Instant now, Instant oldest, Builder after, Map<Kind, List<Long>> idsByKind) {
      long id = ids[index];
      if (missingSince[index] == PRESENT) {
        add(idsByKind, Kind.DISAPPEARED, id);
        after.add(id, now.toEpochMilli());
      } else if (missingSince[index] < oldest.toEpochMilli()) {
        add(idsByKind, Kind.EXPIRED, id);
      } else {
        after.add(id, missingSince[index]);
      }
    }

    private static void add(Map<Kind, List<Long>> idsByKind, Kind kind, long id) {
      idsByKind.computeIfAbsent(kind, k -> new ArrayList<>()).add(id);
    }
  }

  /** Collects IDs in ascending order. */
  private static final class Builder {
    private final long[] ids;
    private final long[] missingSince;
    private int size;

    Builder(int capacity) {
      ids = new long[capacity];
      missingSince = new long[capacity];
    }

    void add(long id, long since) {
      ids[size] = id;
      missingSince[size] = since;
      size++;
    }

    OfType build() {
      return new OfType(Arrays.copyOf(ids, size), Arrays.copyOf(missingSince, size));
    }
  }
}
