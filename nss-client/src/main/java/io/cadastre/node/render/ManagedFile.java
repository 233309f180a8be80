/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.render;

import io.cadastre.node.guard.OwnerIndex;
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
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * /etc/subuid or /etc/subgid in three parts: local lines, the block that this program manages,
 * local lines. Local lines are kept byte for byte. Immutable.
 *
 * @param before the local lines before the block
 * @param block the block with its marker lines; no lines if the file has no intact block
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
   * Parses a file: finds the lines of the registry and takes all others for local.
   *
   * <p>The block is intact if the file has one line that begins it, after it one that ends it, and
   * lines between them: shadow sorts both to the end of the file. Its lines and all known rows are
   * the registry's.
   *
   * <p>Without an intact block, the marker lines that are left and all known rows are the
   * registry's. Its next block stands where the first of them stood.
   *
   * @param path for the message
   * @param known the rows that the registry gave to this node
   * @throws SyncRefused if a line holds a NUL byte
   */
  public static ManagedFile of(String path, byte[] bytes, KnownRows known) throws SyncRefused {
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
    boolean intact =
        markers.size() == 2
            && lines.get(markers.get(0)).text().equals(BEGIN)
            && lines.get(markers.get(1)).text().equals(END)
            && markers.get(1) > markers.get(0) + 1;
    return intact
        ? withBlock(lines, markers.get(0), markers.get(1) + 1, known)
        : withoutBlock(lines, known);
  }

  /** Whether any line of a file begins or ends a block, or once did. */
  public static boolean hasMarkers(byte[] bytes) {
    return SubidFile.decode(bytes).lines().stream().anyMatch(line -> looksLikeMarker(line.text()));
  }

  private static boolean looksLikeMarker(String text) {
    String words = text.strip();
    return words.startsWith("# BEGIN cadastre") || words.startsWith("# END cadastre");
  }

  private static ManagedFile withBlock(List<Line> lines, int begin, int end, KnownRows known) {
    ManagedFile file =
        new ManagedFile(
            new SubidFile(lines.subList(0, begin)),
            new SubidFile(lines.subList(begin, end)),
            new SubidFile(lines.subList(end, lines.size())));
    return known.areAssumed() ? file : file.without(known::has);
  }

  private static ManagedFile withoutBlock(List<Line> lines, KnownRows known) {
    List<Line> before = new ArrayList<>();
    List<Line> after = new ArrayList<>();
    boolean found = false;
    for (Line line : lines) {
      boolean registrys =
          looksLikeMarker(line.text()) || rowOf(line).filter(known::has).isPresent();
      found |= registrys;
      if (!registrys) {
        (found ? after : before).add(line);
      }
    }
    return new ManagedFile(new SubidFile(before), NOTHING, new SubidFile(after));
  }

  private static Optional<SubidRow> rowOf(Line line) {
    return new SubidFile(List.of(line)).rows().stream().findFirst();
  }

  /** The lines of the block that the registry did not give to this node, without the markers. */
  public List<String> foreignLines(KnownRows known) {
    return block.lines().stream()
        .filter(line -> !looksLikeMarker(line.text()))
        .filter(line -> rowOf(line).filter(known::has).isEmpty())
        .map(Line::text)
        .toList();
  }

  /**
   * This file with a block of the rows of a snapshot, without those that a local row equals:
   * newuidmap fails if a range of the user is there twice.
   */
  public ManagedFile with(Snapshot served, IdType type, OwnerKey key) {
    Set<UUID> local = twins(served, type);
    StringBuilder text = new StringBuilder(BEGIN).append('\n');
    for (SnapshotRow row : served.rows()) {
      if (!local.contains(row.allocation())) {
        text.append(key.of(row)).append(':').append(row.range(type)).append('\n');
      }
    }
    text.append(END).append('\n');
    SubidFile next = SubidFile.decode(text.toString().getBytes(StandardCharsets.UTF_8));
    if (lacksLastLineEnd(before)) {
      // The last line has no line end and is kept byte for byte, so the block goes before it.
      int last = before.lines().size() - 1;
      return new ManagedFile(
          new SubidFile(before.lines().subList(0, last)),
          next,
          new SubidFile(
              Stream.concat(before.lines().stream().skip(last), after.lines().stream()).toList()));
    }
    return new ManagedFile(before, next, after);
  }

  /** The allocations of the rows of a snapshot that a local row equals. */
  public Set<UUID> twins(Snapshot served, IdType type) {
    OwnerIndex owners = new OwnerIndex(served);
    return localRows().stream()
        .flatMap(row -> owners.findEqual(row, type).stream())
        .map(SnapshotRow::allocation)
        .collect(Collectors.toSet());
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
        part.lines().stream().filter(line -> rowOf(line).filter(removed).isEmpty()).toList());
  }

  private static boolean lacksLastLineEnd(SubidFile file) {
    List<Line> lines = file.lines();
    return !lines.isEmpty() && lines.get(lines.size() - 1).end().isEmpty();
  }

  /** The lines outside the block. */
  public List<Line> localLines() {
    return Stream.concat(before.lines().stream(), after.lines().stream()).toList();
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
