/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.guard.Hold;
import io.cadastre.node.guard.Rule;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SnapshotRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The rows of the last snapshot that this node does not serve. Immutable.
 *
 * @param rules the rule that holds a row back, by its allocation
 * @param identities for rows held by {@link Rule#IDENTITY_CHANGED}, the owner that the node last
 *     served the range to: the row is held until it has this owner again, or an admin accepts it
 */
public record HeldRows(SortedMap<UUID, String> rules, SortedMap<UUID, Identity> identities) {
  /** The name and the uid of a row. */
  public record Identity(OwnerName name, long uidNumber) {
    private static Identity of(SnapshotRow row) {
      return new Identity(row.name(), row.uidNumber());
    }
  }

  /** No row is held. */
  public static final HeldRows NONE = new HeldRows(Map.of(), Map.of());

  private static final String HELD = "held ";
  private static final String IDENTITY = "identity ";

  /** Copies the maps. */
  public HeldRows(Map<UUID, String> rules, Map<UUID, Identity> identities) {
    this(
        Collections.unmodifiableSortedMap(new TreeMap<>(rules)),
        Collections.unmodifiableSortedMap(new TreeMap<>(identities)));
  }

  /**
   * The rows that are held once a snapshot is applied.
   *
   * @param holds what the guards hold
   * @param known the rows of the last snapshot with the identities that the node served
   */
  static HeldRows of(List<Hold> holds, List<SnapshotRow> known) {
    Map<UUID, SnapshotRow> before = new HashMap<>();
    known.forEach(row -> before.put(row.allocation(), row));
    Map<UUID, String> rules = new HashMap<>();
    Map<UUID, Identity> identities = new HashMap<>();
    for (Hold hold : holds) {
      UUID allocation = hold.row().allocation();
      rules.putIfAbsent(allocation, hold.finding().rule());
      if (hold.finding().rule().equals(Rule.IDENTITY_CHANGED.word())) {
        identities.put(allocation, Identity.of(before.getOrDefault(allocation, hold.row())));
      }
    }
    return new HeldRows(rules, identities);
  }

  /** The number of rows. */
  public int count() {
    return rules.size();
  }

  /** Whether the row of this allocation is held. */
  boolean has(UUID allocation) {
    return rules.containsKey(allocation);
  }

  /** A snapshot without the rows that are held. */
  Snapshot without(Snapshot snapshot) {
    return rules.isEmpty()
        ? snapshot
        : Snapshot.of(
            snapshot.ledger(),
            snapshot.serial(),
            snapshot.head(),
            snapshot.rows().stream().filter(row -> !has(row.allocation())).toList());
  }

  /** The rows of the last snapshot with the identities that the node served. */
  List<SnapshotRow> known(Snapshot last) {
    return identities.isEmpty() ? last.rows() : last.rows().stream().map(this::served).toList();
  }

  private SnapshotRow served(SnapshotRow row) {
    Identity identity = identities.getOrDefault(row.allocation(), Identity.of(row));
    return new SnapshotRow(
        identity.name(), identity.uidNumber(), row.allocation(), row.uidRange(), row.gidRange());
  }

  /** The lines of the state file. */
  List<String> encode() {
    List<String> lines = new ArrayList<>();
    rules.forEach((allocation, rule) -> lines.add(HELD + allocation + " " + rule));
    identities.forEach(
        (allocation, owner) ->
            lines.add(IDENTITY + allocation + " " + owner.uidNumber() + " " + owner.name()));
    return lines;
  }

  /**
   * Reads the lines of a state file that are about held rows.
   *
   * @throws IllegalArgumentException if one of them is damaged
   */
  static HeldRows decode(List<String> lines) {
    Map<UUID, String> rules = new HashMap<>();
    Map<UUID, Identity> identities = new HashMap<>();
    for (String line : lines) {
      if (line.startsWith(HELD)) {
        String[] words = words(line, 3);
        rules.put(UUID.fromString(words[1]), words[2]);
      } else if (line.startsWith(IDENTITY)) {
        String[] words = words(line, 4);
        identities.put(
            UUID.fromString(words[1]),
            new Identity(new OwnerName(words[3]), Long.parseLong(words[2])));
      }
    }
    return new HeldRows(rules, identities);
  }

  private static String[] words(String line, int count) {
    String[] words = line.split(" ", count);
    if (words.length != count) {
      throw new IllegalArgumentException("a line of the state has too few words");
    }
    return words;
  }
}
