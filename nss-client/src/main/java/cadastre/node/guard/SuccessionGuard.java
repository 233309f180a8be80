/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.guard;

import cadastre.subid.Finding;
import cadastre.subid.Severity;
import cadastre.subid.Snapshot;
import cadastre.subid.SnapshotRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a snapshot must be to follow the last good one. */
public final class SuccessionGuard {
  /** A small site may retire this many owners between two syncs, whatever their share. */
  private static final int SMALL_LOSS = 3;

  private final Snapshot last;
  private final Snapshot next;
  private final GuardSettings settings;
  private final List<Finding> findings = new ArrayList<>();

  private SuccessionGuard(Snapshot last, Snapshot next, GuardSettings settings) {
    this.last = last;
    this.next = next;
    this.settings = settings;
  }

  /** The rules that {@code next} breaks after {@code last}, one finding for each. */
  public static List<Finding> check(Snapshot last, Snapshot next, GuardSettings settings) {
    SuccessionGuard guard = new SuccessionGuard(last, next, settings);
    guard.checkLedger();
    guard.checkShrunk();
    if (!last.digest().equals(next.digest())) {
      guard.checkRanges();
      guard.checkIdentities();
    }
    return guard.findings;
  }

  private void checkLedger() {
    if (!last.ledger().equals(next.ledger())) {
      findings.add(
          Rule.LEDGER.broken(
              "ledger " + next.ledger(),
              "the last one was of ledger " + last.ledger(),
              "if the registry was rebuilt, pass --accept ledger@" + next.ledger()));
    } else if (next.serial() < last.serial()) {
      findings.add(
          Rule.OLDER.broken(
              "serial " + next.serial(),
              "it is older than the last one, serial " + last.serial(),
              "was an old backup of the registry restored?"));
    } else if (next.serial() == last.serial() && !next.digest().equals(last.digest())) {
      findings.add(
          Rule.OLDER.broken(
              "serial " + next.serial(),
              "the last one had the same serial and other rows",
              "are there two registries with one ledger?"));
    }
  }

  private void checkShrunk() {
    int lost = last.rows().size() - next.rows().size();
    if (lost > SMALL_LOSS
        && lost * 100L > (long) settings.maxShrinkPercent() * last.rows().size()) {
      findings.add(
          Rule.SHRUNK.broken(
              "the snapshot",
              "it has %d rows, the last one had %d: more than %d%% are gone"
                  .formatted(next.rows().size(), last.rows().size(), settings.maxShrinkPercent()),
              "see why in the registry's events"));
    }
  }

  private void checkRanges() {
    Map<UUID, SnapshotRow> known = new HashMap<>();
    last.rows().forEach(row -> known.put(row.allocation(), row));
    for (SnapshotRow row : next.rows()) {
      SnapshotRow before = known.getOrDefault(row.allocation(), row);
      if (!before.uidRange().equals(row.uidRange()) || !before.gidRange().equals(row.gidRange())) {
        findings.add(
            Rule.RANGE_CHANGED.broken(
                row.name().value(),
                "\"%s\" was \"%s\"".formatted(row, before),
                "an allocation never changes its ranges; the registry is damaged"));
        return;
      }
    }
  }

  private void checkIdentities() {
    Map<Object, SnapshotRow> known = new HashMap<>();
    for (SnapshotRow row : last.rows()) {
      known.put(row.name(), row);
      known.put(row.uidNumber(), row);
    }
    for (SnapshotRow row : next.rows()) {
      for (Object key : List.of(row.name(), row.uidNumber())) {
        SnapshotRow before = known.getOrDefault(key, row);
        if (!before.allocation().equals(row.allocation())) {
          findings.add(newIdentity(row, before));
          break;
        }
      }
    }
  }

  private Finding newIdentity(SnapshotRow row, SnapshotRow before) {
    return new Finding(
        Rule.IDENTITY.word(),
        settings.refuseNewIdentity() ? Severity.ERROR : Severity.WARNING,
        row.name().value(),
        "\"%s\" has the name or the uid of \"%s\", but another allocation".formatted(row, before),
        "superseded, or a new person; files and processes under the old range are not his");
  }
}
