/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.render;

import io.cadastre.node.guard.Rule;
import io.cadastre.node.guard.SyncRefused;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SnapshotRow;
import io.cadastre.subid.SubidFile;
import io.cadastre.subid.SubidFile.Line;
import io.cadastre.subid.SubidRow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * /etc/subuid or /etc/subgid in three parts: local lines, the block that this program manages,
 * local lines. Local lines are kept byte for byte. Immutable.
 *
 * @param before the local lines before the block
 * @param block the block with its marker lines; no lines if there is no block yet
 * @param after the local lines after the block
 */
public record ManagedFile(SubidFile before, SubidFile block, SubidFile after) {

  /**
   * The owner field of a row in /etc/subuid: subuid(5) allows a name or a uid, and a node uses one
   * of them.
   */
  public enum OwnerKey {
    /** The login name. */
    NAME,
    /** The uid in decimal. */
    UID;

    /** The owner field of the row of this owner. */
    public String of(SnapshotRow row) {
      return this == NAME ? row.name().value() : Long.toString(row.uidNumber());
    }
  }

  private static final String BEGIN = "# BEGIN cadastre (managed; do not edit)";
  private static final String END = "# END cadastre";
  private static final SubidFile NOTHING = new SubidFile(List.of());

  /**
   * Parses a file and finds the block.
   *
   * @param path for the message
   * @throws SyncRefused if the marker lines are damaged, doubled or out of order: which lines are
   *     managed could only be guessed
   */
  public static ManagedFile of(String path, byte[] bytes) throws SyncRefused {
    List<Line> lines = SubidFile.decode(bytes).lines();
    List<Integer> markers = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String text = lines.get(i).text();
      if (text.indexOf('\0') >= 0) {
        throw SyncRefused.because(
            Rule.MARKERS,
            "%s, line %d holds a NUL byte, where shadow joins lines; repair it by hand"
                .formatted(path, i + 1));
      }
      if (looksLikeMarker(text)) {
        markers.add(i);
      }
    }
    if (markers.isEmpty()) {
      return new ManagedFile(new SubidFile(lines), NOTHING, NOTHING);
    }
    if (markers.size() != 2
        || !lines.get(markers.get(0)).text().equals(BEGIN)
        || !lines.get(markers.get(1)).text().equals(END)) {
      throw SyncRefused.because(
          Rule.MARKERS,
          "%s: the marker lines are damaged: there must be one \"%s\" and after it one \"%s\"; repair or remove the lines %s"
              .formatted(path, BEGIN, END, markers.stream().map(i -> i + 1).toList()));
    }
    int begin = markers.get(0);
    int end = markers.get(1) + 1;
    return new ManagedFile(
        new SubidFile(lines.subList(0, begin)),
        new SubidFile(lines.subList(begin, end)),
        new SubidFile(lines.subList(end, lines.size())));
  }

  private static boolean looksLikeMarker(String text) {
    String words = text.strip();
    return words.startsWith("#")
        && (words.contains("BEGIN cadastre") || words.contains("END cadastre"));
  }

  /** This file with the block of a snapshot. */
  public ManagedFile with(Snapshot snapshot, IdType type, OwnerKey key) {
    StringBuilder text = new StringBuilder(BEGIN).append('\n');
    for (SnapshotRow row : snapshot.rows()) {
      text.append(key.of(row)).append(':').append(row.range(type)).append('\n');
    }
    text.append(END).append('\n');
    SubidFile next = SubidFile.decode(text.toString().getBytes(StandardCharsets.UTF_8));
    if (block.lines().isEmpty() && lacksLastLineEnd(before)) {
      // The last line has no line end and is kept byte for byte, so the block goes before it.
      return new ManagedFile(NOTHING, next, before);
    }
    return new ManagedFile(before, next, after);
  }

  /** This file with its local lines only, as the libsubid plugin expects it. */
  public ManagedFile withoutBlock() {
    return new ManagedFile(before, NOTHING, after);
  }

  /** This file without the local rows that match. */
  public ManagedFile without(Predicate<SubidRow> removed) {
    return new ManagedFile(without(before, removed), block, without(after, removed));
  }

  private static SubidFile without(SubidFile part, Predicate<SubidRow> removed) {
    return new SubidFile(
        part.lines().stream()
            .filter(line -> new SubidFile(List.of(line)).rows().stream().noneMatch(removed))
            .toList());
  }

  private static boolean lacksLastLineEnd(SubidFile file) {
    List<Line> lines = file.lines();
    return !lines.isEmpty() && lines.get(lines.size() - 1).end().isEmpty();
  }

  /** The rows outside the block. */
  public List<SubidRow> localRows() {
    return Stream.concat(before.rows().stream(), after.rows().stream()).toList();
  }

  /** All rows, in the order of the file. */
  public List<SubidRow> rows() {
    return SubidFile.decode(encode()).rows();
  }

  /** The bytes of the file. */
  public byte[] encode() {
    return new SubidFile(
            Stream.of(before, block, after).flatMap(part -> part.lines().stream()).toList())
        .encode();
  }
}
