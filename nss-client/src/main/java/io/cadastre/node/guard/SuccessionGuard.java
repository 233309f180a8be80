/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.guard;

import io.cadastre.subid.Finding;
import io.cadastre.subid.Severity;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SnapshotRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Checks what a snapshot must be to follow the last good one. Pure. */
public final class SuccessionGuard {
  /** The prefix of the subject of {@link Rule#IDENTITY_CHANGED}; the UUID follows. */
  static final String ALLOCATION = "allocation ";

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
    guard.findings.addAll(checkLedger(last.ledger(), last.serial(), next));
    guard.checkSameSerial();
    if (!last.digest().equals(next.digest())) {
      Map<UUID, SnapshotRow> known = new HashMap<>();
      last.rows().forEach(row -> known.put(row.allocation(), row));
      guard.checkShrunk(known.keySet());
      guard.checkRanges(known);
      guard.checkIdentities();
    }
    return guard.findings;
  }

  /**
   * Finds known allocations that have another name and another uid: a new name or a new uid alone
   * is the same owner, both at once need an acceptance.
   *
   * @param known for each row of {@code next}, in order, the row with the owner that the node last
   *     knew for the allocation
   */
  public static List<Conflict> checkAllocations(List<SnapshotRow> known, Snapshot next) {
    List<Conflict> conflicts = new ArrayList<>();
    for (int i = 0; i < known.size(); i++) {
      SnapshotRow row = next.rows().get(i);
      SnapshotRow old = known.get(i);
      if (!old.name().equals(row.name()) && old.uidNumber() != row.uidNumber()) {
        conflicts.add(
            new Conflict(
                Rule.IDENTITY_CHANGED.broken(
                    ALLOCATION + row.allocation(),
                    "\"%s\" was \"%s\": another name and another uid".formatted(row, old),
                    "look in the registry's events whether it is the same owner"),
                List.of(row)));
      }
    }
    return conflicts;
  }

  /**
   * The rules that {@code next} breaks on a node that has the state of the last sync, but not its
   * snapshot any more.
   *
   * @param ledger the ledger of the lost snapshot
   * @param serial its serial
   * @param rows the number of its rows
   */
  public static List<Finding> checkAfterLoss(
      UUID ledger, long serial, int rows, Snapshot next, GuardSettings settings) {
    List<Finding> findings = new ArrayList<>(checkLedger(ledger, serial, next));
    int lost = rows - next.rows().size();
    if (!settings.allowsLoss(lost, rows)) {
      findings.add(shrunk(lost, rows, settings));
    }
    return findings;
  }

  private static List<Finding> checkLedger(UUID ledger, long serial, Snapshot next) {
    if (!ledger.equals(next.ledger())) {
      return List.of(
          Rule.LEDGER.broken(
              "ledger " + next.ledger(),
              "the last one was of ledger " + ledger,
              "if the registry was rebuilt, pass --accept ledger@" + next.ledger()));
    }
    if (next.serial() < serial) {
      return List.of(
          Rule.OLDER.broken(
              "serial " + next.serial(),
              "it is older than the last one, serial " + serial,
              "was an old backup of the registry restored?"));
    }
    return List.of();
  }

  private void checkSameSerial() {
    if (last.ledger().equals(next.ledger())
        && next.serial() == last.serial()
        && !next.digest().equals(last.digest())) {
      findings.add(
          Rule.OLDER.broken(
              "serial " + next.serial(),
              "the last one had the same serial and other rows",
              "are there two registries with one ledger?"));
    }
  }

  private void checkShrunk(Set<UUID> known) {
    Set<UUID> gone = new HashSet<>(known);
    next.rows().forEach(row -> gone.remove(row.allocation()));
    int lost = gone.size();
    if (!settings.allowsLoss(lost, known.size())) {
      findings.add(shrunk(lost, known.size(), settings));
    }
  }

  private static Finding shrunk(int lost, int known, GuardSettings settings) {
    return Rule.SHRUNK.broken(
        "the snapshot",
        "%d of the %d allocations that the last one had are gone; at most %d%% may be"
            .formatted(lost, known, settings.maxShrinkPercent()),
        "look for the reason in the registry's events");
  }

  private void checkRanges(Map<UUID, SnapshotRow> known) {
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
        "the owner was superseded or is a new person; files and processes with IDs of the old range do not belong to the new allocation");
  }
}
