/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.SubidFile;
import io.cadastre.subid.SubidFile.Line;
import io.cadastre.subid.SubidRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A line of /etc/subuid or /etc/subgid that shadow reads as a row, with its place, so that a remedy
 * can name it.
 *
 * @param file the path
 * @param number of the line, from 1 on
 * @param owner the first field
 * @param text the line
 */
record PlacedRow(String file, int number, String owner, String text) {

  /**
   * The rows of some owners in a file, in order; no rows if there is no file.
   *
   * @param wanted chooses by the first field
   */
  static List<PlacedRow> read(CheckedNode node, IdType type, Predicate<String> wanted)
      throws Unobservable {
    String file = "/etc/" + type.word();
    List<Line> lines =
        SubidFile.decode(node.host().bytes(file).orElseGet(() -> new byte[0])).lines();
    List<PlacedRow> rows = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String text = lines.get(i).text();
      PlacedRow row = of(file, i + 1, text);
      if (wanted.test(row.owner()) && (lines.get(i).row().isPresent() || row.overflows())) {
        rows.add(row);
      }
    }
    return rows;
  }

  /**
   * A line with its place.
   *
   * @param line its text, one character for each byte
   */
  static PlacedRow of(String file, int number, String line) {
    String owner = line.substring(0, Math.max(0, line.indexOf(':')));
    return new PlacedRow(file, number, SubidFile.utf8(owner), SubidFile.utf8(line));
  }

  /** Whether newuidmap(1) refuses its range because it goes beyond the last ID. */
  boolean overflows() {
    return SubidRow.overflows(text);
  }

  /** Why newuidmap(1) refuses its range, if it {@link #overflows}. */
  String refusal() {
    return "%s goes beyond %d, the last ID: newuidmap refuses it (\"subuid overflow detected\")"
        .formatted(this, IdRange.MAX_ID);
  }

  /** What to do if it {@link #overflows}. No count is small enough for a start beyond the end. */
  String remedy() {
    return range().isEmpty()
        ? "Remove %s.".formatted(this)
        : "Lower the count in %s: start and count together are at most %d."
            .formatted(this, IdRange.MAX_ID + 1);
  }

  /** Its IDs; those beyond the last ID are left out. */
  Optional<IdRange> range() {
    return SubidRow.parse(text).map(SubidRow::range);
  }

  /** What to edit, as {@code line 3 of /etc/subuid (zoe:1000:65536)}. */
  @Override
  public String toString() {
    return "line %d of %s (%s)".formatted(number, file, text);
  }
}
