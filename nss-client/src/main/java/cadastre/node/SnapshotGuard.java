/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node;

import cadastre.subid.IdRange;
import cadastre.subid.IdType;
import cadastre.subid.Snapshot;
import cadastre.subid.SnapshotRow;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What a snapshot must be to follow the last good one: the guards that need no file. */
final class SnapshotGuard {
  private static final long FIRST_ALLOWED = 65536;

  private SnapshotGuard() {}

  /**
   * Checks {@code next} by itself and against {@code last}.
   *
   * @param accepted the ledger that the admin lets follow another one
   */
  static void check(Optional<Snapshot> last, Snapshot next, Optional<UUID> accepted)
      throws SyncRefused {
    checkAlone(next);
    if (last.isPresent()) {
      checkLedger(last.get(), next, accepted);
      checkRanges(last.get(), next);
    }
  }

  private static void checkAlone(Snapshot next) throws SyncRefused {
    Set<Object> seen = new HashSet<>();
    for (SnapshotRow row : next.rows()) {
      if (!seen.add(row.name()) || !seen.add(row.uidNumber()) || !seen.add(row.allocation())) {
        throw refused(next, "two rows share the name, the uid or the allocation of " + row);
      }
    }
    for (IdType type : IdType.values()) {
      RangeIndex index = RangeIndex.of(next, type);
      Optional<SnapshotRow> overlapping = index.firstOverlap();
      if (overlapping.isPresent()) {
        throw refused(
            next, "the %s range of %s overlaps another".formatted(type.word(), overlapping.get()));
      }
      Optional<SnapshotRow> system = index.touching(new IdRange(0, FIRST_ALLOWED));
      if (system.isPresent()) {
        throw refused(
            next,
            "the %s range of %s touches 0 to %d, the IDs of the system and its users"
                .formatted(type.word(), system.get(), FIRST_ALLOWED - 1));
      }
    }
  }

  private static void checkLedger(Snapshot last, Snapshot next, Optional<UUID> accepted)
      throws SyncRefused {
    if (!last.ledger().equals(next.ledger())) {
      if (!accepted.equals(Optional.of(next.ledger()))) {
        throw refused(
            next,
            "it is of ledger %s, the last one was of ledger %s; if the registry was rebuilt, pass --accept-ledger %s"
                .formatted(next.ledger(), last.ledger(), next.ledger()));
      }
    } else if (next.serial() < last.serial()) {
      throw refused(
          next,
          "it is older than the last one, serial %d; was an old backup of the registry restored?"
              .formatted(last.serial()));
    } else if (next.serial() == last.serial() && !next.digest().equals(last.digest())) {
      throw refused(next, "the last one had the same serial and other rows");
    }
  }

  private static void checkRanges(Snapshot last, Snapshot next) throws SyncRefused {
    Map<UUID, SnapshotRow> known = new HashMap<>();
    last.rows().forEach(row -> known.put(row.allocation(), row));
    for (SnapshotRow row : next.rows()) {
      SnapshotRow before = known.getOrDefault(row.allocation(), row);
      if (!before.uidRange().equals(row.uidRange()) || !before.gidRange().equals(row.gidRange())) {
        throw refused(
            next,
            "an allocation never changes its ranges, but \"%s\" was \"%s\"".formatted(row, before));
      }
    }
  }

  private static SyncRefused refused(Snapshot next, String why) {
    return new SyncRefused(
        "the snapshot of serial %d is refused: %s. The files are left as they are."
            .formatted(next.serial(), why));
  }
}
