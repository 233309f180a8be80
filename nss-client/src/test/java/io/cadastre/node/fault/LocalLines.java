/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.ScratchNode;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SnapshotRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The local lines that both files of a node must hold, known from what was done to the files: a
 * line that a program added or removed is local unless it is a marker line or lies in the range
 * that the snapshot served last gives its owner.
 */
final class LocalLines {
  static final String BEGIN = "# BEGIN cadastre (managed; do not edit)";
  static final String END = "# END cadastre";

  private final ScratchNode node;
  private final Map<IdType, List<String>> local = new EnumMap<>(IdType.class);
  private Map<IdType, List<String>> last = new EnumMap<>(IdType.class);
  private List<SnapshotRow> served = List.of();

  /** The present files, of which all lines are local. */
  LocalLines(ScratchNode node) {
    this.node = node;
    for (IdType type : IdType.values()) {
      local.put(type, read(type));
      last.put(type, read(type));
    }
  }

  private LocalLines(ScratchNode node, LocalLines other) {
    this.node = node;
    this.served = other.served;
    other.local.forEach((type, lines) -> local.put(type, new ArrayList<>(lines)));
    other.last.forEach((type, lines) -> last.put(type, new ArrayList<>(lines)));
  }

  /** The same for a copy of the node. */
  LocalLines copy(ScratchNode copied) {
    return new LocalLines(copied, this);
  }

  private List<String> read(IdType type) {
    return new ArrayList<>(node.read("etc/" + type.word()).lines().toList());
  }

  /** The local lines of a file. */
  List<String> of(IdType type) {
    return List.copyOf(local.getOrDefault(type, List.of()));
  }

  /** Sets the local lines of a file that was put back. */
  void putBack(IdType type, List<String> lines) {
    local.put(type, new ArrayList<>(lines));
    last.put(type, read(type));
  }

  /** Notes what a program did to the files since the last call or check. */
  void note() {
    for (IdType type : IdType.values()) {
      List<String> now = read(type);
      List<String> added = without(now, last.getOrDefault(type, List.of()));
      List<String> removed = without(last.getOrDefault(type, List.of()), now);
      List<String> lines = local.getOrDefault(type, List.of());
      removed.forEach(lines::remove);
      added.stream().filter(line -> !isRegistrys(line, type)).forEach(lines::add);
      last.put(type, now);
    }
  }

  /** Notes what programs did after a sync that was killed between the snapshots of these rows. */
  void noteAdded(List<SnapshotRow> before, List<SnapshotRow> after) {
    served = new ArrayList<>(before);
    served.addAll(after);
    note();
  }

  /** Accepts the present files as they are: an edit inside of the block heals. */
  void ignore() {
    for (IdType type : IdType.values()) {
      last.put(type, read(type));
    }
  }

  private boolean isRegistrys(String line, IdType type) {
    if (line.equals(BEGIN) || line.equals(END)) {
      return true;
    }
    String[] fields = line.split(":", -1);
    if (line.startsWith("#") || line.startsWith("!") || fields.length != 3) {
      return false;
    }
    long start = Long.parseLong(fields[1]);
    long end = start + Long.parseLong(fields[2]);
    return served.stream()
        .filter(row -> names(row).contains(fields[0]))
        .map(row -> row.range(type))
        .anyMatch(range -> start >= range.start() && end <= range.start() + range.count());
  }

  private static List<String> names(SnapshotRow row) {
    return List.of(row.name().value(), Long.toString(row.uidNumber()));
  }

  /**
   * Requires after a sync in files mode that each file has the block of this snapshot, whole and
   * once, and around it the local lines, each once, in the order that they had.
   *
   * @param byUid whether the rows name their owners by uid
   */
  void requireWithBlock(Snapshot snapshot, boolean byUid, String what) {
    for (IdType type : IdType.values()) {
      List<String> block = new ArrayList<>(List.of(BEGIN));
      for (SnapshotRow row : snapshot.rows()) {
        block.add(names(row).get(byUid ? 1 : 0) + ":" + row.range(type));
      }
      block.add(END);
      List<String> now = read(type);
      int at = Collections.indexOfSubList(now, block);
      assertThat(at)
          .as("%s%n/etc/%s has no whole block: %s", what, type.word(), now)
          .isNotNegative();
      List<String> rest = new ArrayList<>(now.subList(0, at));
      rest.addAll(now.subList(at + block.size(), now.size()));
      requireLocal(type, rest, what);
    }
    served = snapshot.rows();
    ignore();
  }

  /** Requires after a sync in plugin mode that both files have the local lines and no others. */
  void requireAlone(String what) {
    for (IdType type : IdType.values()) {
      requireLocal(type, read(type), what);
    }
    served = List.of();
    ignore();
  }

  private void requireLocal(IdType type, List<String> rest, String what) {
    List<String> expected = new ArrayList<>();
    List<String> open = new ArrayList<>(of(type));
    last.getOrDefault(type, List.of()).stream().filter(open::remove).forEach(expected::add);
    assertThat(open).as("%s%nthe files changed without a note", what).isEmpty();
    assertThat(rest).as("%s%nlocal lines of /etc/%s", what, type.word()).isEqualTo(expected);
  }

  /** The lines of the first list that the second lacks, each as often as it does. */
  private static List<String> without(List<String> lines, List<String> others) {
    List<String> rest = new ArrayList<>(lines);
    others.forEach(rest::remove);
    return rest;
  }
}
