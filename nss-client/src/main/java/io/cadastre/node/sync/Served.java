/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.guard.Hold;
import io.cadastre.node.guard.Rule;
import io.cadastre.node.settings.NodeSettings.Mode;
import io.cadastre.subid.IdType;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SnapshotRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * How this node serves the last snapshot: the file {@code served} of its state folder, one word and
 * its values a line. Without it the state of an earlier version counts, which served all rows.
 * Immutable.
 *
 * @param mode the mode; empty if an earlier version served
 * @param held the rule that holds a row back, by its allocation
 * @param identities for rows held by {@link Rule#IDENTITY_CHANGED}, the owner that the node last
 *     served the range to: the row is held until it has this owner again, or an admin accepts it
 * @param local rows that are not in the managed block of a file, since a local row equals them; and
 *     as long as the snapshot before may be the stored one, those of it that were not
 */
record Served(
    Optional<Mode> mode,
    SortedMap<UUID, String> held,
    SortedMap<UUID, Identity> identities,
    Set<LocalTwin> local) {
  /** The name and the uid of a row. */
  record Identity(OwnerName name, long uidNumber) {}

  /** A row of one file, by its allocation. */
  record LocalTwin(IdType type, UUID allocation) {}

  /** Nothing is known. */
  static final Served UNKNOWN = new Served(Optional.empty(), Map.of(), Map.of(), Set.of());

  private static final String FORMAT = "# cadastre-node served 1";

  /** Copies the collections. */
  Served(
      Optional<Mode> mode,
      Map<UUID, String> held,
      Map<UUID, Identity> identities,
      Set<LocalTwin> local) {
    this(
        mode,
        Collections.unmodifiableSortedMap(new TreeMap<>(held)),
        Collections.unmodifiableSortedMap(new TreeMap<>(identities)),
        Set.copyOf(local));
  }

  /** The rows that these conflicts hold back, by the rule of the first one. */
  static Map<UUID, String> rules(List<Hold> holds) {
    Map<UUID, String> rules = new HashMap<>();
    holds.forEach(hold -> rules.putIfAbsent(hold.row().allocation(), hold.finding().rule()));
    return rules;
  }

  /**
   * How the node serves once a snapshot is applied.
   *
   * @param last the snapshot before it
   */
  Served after(
      Mode now, List<Hold> holds, Set<LocalTwin> twins, Optional<Snapshot> last, Snapshot applied) {
    Map<UUID, Identity> after = new HashMap<>(identities);
    applied.rows().forEach(row -> after.remove(row.allocation()));
    for (Hold hold : holds) {
      if (hold.finding().rule().equals(Rule.IDENTITY_CHANGED.word())) {
        SnapshotRow row = lastKnown(byAllocation(last), hold.row());
        after.put(row.allocation(), new Identity(row.name(), row.uidNumber()));
      }
    }
    Set<LocalTwin> absent = new HashSet<>(twins);
    absent.addAll(absentBefore(last, applied));
    return new Served(Optional.of(now), rules(holds), after, absent);
  }

  /**
   * The rows of the last snapshot that are not in the files, and not in the applied one: a sync
   * that is killed before it stores the applied one leaves the last one to the next sync.
   */
  private Set<LocalTwin> absentBefore(Optional<Snapshot> last, Snapshot applied) {
    if (mode.equals(Optional.of(Mode.FILES)) && held.isEmpty() && local.isEmpty()) {
      return Set.of(); // all rows were written
    }
    Set<UUID> gone = new HashSet<>(byAllocation(last).keySet());
    applied.rows().forEach(row -> gone.remove(row.allocation()));
    Set<LocalTwin> absent = new HashSet<>();
    for (UUID allocation : gone) {
      for (IdType type : IdType.values()) {
        LocalTwin row = new LocalTwin(type, allocation);
        if (mode.equals(Optional.of(Mode.PLUGIN)) || holds(allocation) || local.contains(row)) {
          absent.add(row);
        }
      }
    }
    return absent;
  }

  private static Map<UUID, SnapshotRow> byAllocation(Optional<Snapshot> snapshot) {
    Map<UUID, SnapshotRow> rows = new HashMap<>();
    snapshot.ifPresent(s -> s.rows().forEach(row -> rows.put(row.allocation(), row)));
    return rows;
  }

  /** The rows of a snapshot, each with the owner that this node last knew for its allocation. */
  List<SnapshotRow> lastKnown(Optional<Snapshot> last, Snapshot next) {
    Map<UUID, SnapshotRow> before = byAllocation(last);
    return next.rows().stream().map(row -> lastKnown(before, row)).toList();
  }

  private SnapshotRow lastKnown(Map<UUID, SnapshotRow> before, SnapshotRow row) {
    Identity identity = identities.get(row.allocation());
    return identity == null
        ? before.getOrDefault(row.allocation(), row)
        : new SnapshotRow(
            identity.name(),
            identity.uidNumber(),
            row.allocation(),
            row.uidRange(),
            row.gidRange());
  }

  /** What the state says in case the file is lost. */
  static Served of(SyncState state) {
    return new Served(Optional.empty(), Map.of(), state.identities(), Set.of());
  }

  /** Whether the row of this allocation is held. */
  boolean holds(UUID allocation) {
    return held.containsKey(allocation);
  }

  /** A snapshot without the rows of these allocations. */
  static Snapshot without(Snapshot snapshot, Set<UUID> allocations) {
    return allocations.isEmpty()
        ? snapshot
        : Snapshot.of(
            snapshot.ledger(),
            snapshot.serial(),
            snapshot.head(),
            snapshot.rows().stream()
                .filter(row -> !allocations.contains(row.allocation()))
                .toList());
  }

  /** The rows of a snapshot that this node wrote into a file, or would write. */
  Snapshot written(Snapshot snapshot, IdType type) {
    Set<UUID> others = new HashSet<>(held.keySet());
    local.stream().filter(twin -> twin.type() == type).forEach(t -> others.add(t.allocation()));
    return without(snapshot, others);
  }

  /** The text of the file. */
  String encode() {
    List<String> lines = new ArrayList<>(List.of(FORMAT));
    mode.ifPresent(word -> lines.add("mode " + word));
    held.forEach((allocation, rule) -> lines.add("held %s %s".formatted(allocation, rule)));
    lines.addAll(identityLines(identities));
    local.stream()
        .map(twin -> "local %s %s".formatted(twin.allocation(), twin.type()))
        .sorted()
        .forEach(lines::add);
    return String.join("\n", lines) + "\n";
  }

  /** A line for each identity. */
  static List<String> identityLines(Map<UUID, Identity> identities) {
    List<String> lines = new ArrayList<>();
    identities.forEach(
        (allocation, owner) ->
            lines.add("identity %s %d %s".formatted(allocation, owner.uidNumber(), owner.name())));
    return lines;
  }

  /** The identities in these lines, which may be any others too. */
  static SortedMap<UUID, Identity> identities(List<String> lines) {
    List<String> file = new ArrayList<>(List.of(FORMAT));
    for (String line : lines) {
      if (line.startsWith("identity ")) {
        file.add(line);
      }
    }
    return file.size() == 1 ? UNKNOWN.identities() : decode(String.join("\n", file)).identities();
  }

  /** The number of held rows in the text of the file, which the timer's run needs at once. */
  static int countHeld(String text) {
    int count = 0;
    for (int at = text.indexOf("\nheld "); at >= 0; at = text.indexOf("\nheld ", at + 1)) {
      count++;
    }
    return count;
  }

  /**
   * Parses the text of the file, without lines that are damaged; {@link #UNKNOWN} if it is of
   * another format.
   */
  static Served decode(String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals(FORMAT)) {
      return UNKNOWN;
    }
    Optional<Mode> mode = Optional.empty();
    Map<UUID, String> held = new HashMap<>();
    Map<UUID, Identity> identities = new HashMap<>();
    Set<LocalTwin> local = new HashSet<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] words = line.split(" ", 4);
      try {
        switch (words[0]) {
          case "mode" -> mode = Optional.of(Mode.valueOf(words[1]));
          case "held" -> held.put(UUID.fromString(words[1]), words[2]);
          case "identity" ->
              identities.put(
                  UUID.fromString(words[1]),
                  new Identity(new OwnerName(words[3]), Long.parseLong(words[2])));
          case "local" ->
              local.add(new LocalTwin(IdType.valueOf(words[2]), UUID.fromString(words[1])));
          default -> {
            // a later version wrote it
          }
        }
      } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
        // the other lines still count
      }
    }
    return new Served(mode, held, identities, local);
  }
}
