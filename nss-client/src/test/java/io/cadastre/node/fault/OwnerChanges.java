/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.fault;

import io.cadastre.node.Snapshots;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SnapshotRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** A registry whose owners come, go, and change their names and uids. */
final class OwnerChanges {
  /** The uid of the first owner. */
  static final long FIRST_UID = 10_001;

  private static final long FIRST = 1_001_062_400L;
  private static final long COUNT = 65536;

  private final Random random;
  private final Map<Integer, SnapshotRow> rows = new TreeMap<>();
  private final int fixed;
  private final Set<Integer> touched = new HashSet<>();
  private int slots;
  private long serial = 1;
  private boolean changed;

  /**
   * A registry.
   *
   * @param fixed the names of owners that never change
   * @param others how many others there are; the first of them never changes either
   */
  OwnerChanges(Random random, List<String> fixed, int others) {
    this.random = random;
    this.fixed = fixed.size() + 1;
    fixed.forEach(this::add);
    for (int i = 0; i < others; i++) {
      add("owner" + i);
    }
  }

  private void add(String name) {
    put(slots, name, FIRST_UID + slots);
    slots++;
  }

  private void put(int slot, String name, long uid) {
    IdRange range = new IdRange(FIRST + slot * COUNT, COUNT);
    rows.put(slot, Snapshots.row(name, uid, slot, range));
    touched.add(slot);
  }

  /** The present snapshot. */
  Snapshot snapshot() {
    return Snapshots.of(serial, rows.values().toArray(SnapshotRow[]::new));
  }

  /** Whether anything changed since the last call of {@link #applied}. */
  boolean changed() {
    return changed;
  }

  /** The node serves the present snapshot. */
  void applied() {
    changed = false;
    touched.clear();
  }

  /** An owner who changes neither name nor uid. */
  String pinned() {
    return rows.get(fixed - 1).name().value();
  }

  /** Any owner. */
  SnapshotRow any() {
    List<SnapshotRow> all = new ArrayList<>(rows.values());
    return all.get(random.nextInt(all.size()));
  }

  /** The owner of that name. */
  SnapshotRow named(String name) {
    return rows.values().stream()
        .filter(row -> row.name().value().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The uid of each owner. */
  Map<String, Long> uids() {
    Map<String, Long> all = new TreeMap<>();
    rows.values().forEach(row -> all.put(row.name().value(), row.uidNumber()));
    return all;
  }

  /** Adds, removes, renames or renumbers an owner, and says which. */
  String change() {
    serial++;
    changed = true;
    List<Integer> free =
        rows.keySet().stream().filter(slot -> slot >= fixed && !touched.contains(slot)).toList();
    int kind = free.size() < 4 ? 0 : random.nextInt(4);
    if (kind == 0) {
      add("owner" + slots);
      return "adds owner" + (slots - 1);
    }
    int slot = free.get(random.nextInt(free.size()));
    touched.add(slot);
    SnapshotRow row = rows.get(slot);
    String name = row.name().value();
    if (kind == 1) {
      rows.remove(slot);
      return "removes " + name;
    }
    if (kind == 2) {
      put(slot, "renamed" + serial, row.uidNumber());
      return "renames " + name;
    }
    put(slot, name, 20_000 + serial);
    return "renumbers " + name;
  }
}
