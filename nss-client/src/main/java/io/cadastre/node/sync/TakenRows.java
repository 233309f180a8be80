/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import static java.util.stream.Collectors.toSet;

import io.cadastre.node.render.ManagedFile;
import io.cadastre.subid.IdType;
import io.cadastre.subid.SubidFile;
import io.cadastre.subid.SubidFile.Line;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Local rows that a sync took over into the managed block, since the registry gives the same. The
 * file {@code taken} of the state folder keeps them, and {@code leave} puts them back where they
 * stood. Immutable.
 *
 * <p>A line of the file has the name of the row's file, the number of local lines before the row,
 * and the row. A {@code $} follows the number if the row was a last line without a line end.
 *
 * @param rows in the order in which they were taken
 */
record TakenRows(List<Taken> rows) {
  /** None. */
  static final TakenRows NONE = new TakenRows(List.of());

  /**
   * One row.
   *
   * @param position how many local lines stood before it
   */
  record Taken(IdType type, int position, Line line) {}

  /** Copies the list. */
  TakenRows {
    rows = List.copyOf(rows);
  }

  /** Those of a node. */
  static TakenRows of(NodeState nodeState) {
    return nodeState.taken().map(file -> decode(file.bytes())).orElse(NONE);
  }

  /** Parses the file, without lines that are damaged. */
  static TakenRows decode(byte[] bytes) {
    List<Taken> rows = new ArrayList<>();
    for (Line line : SubidFile.decode(bytes).lines()) {
      String[] words = line.text().split(" ", 3);
      try {
        boolean bare = words[1].endsWith("$");
        int position = Integer.parseInt(bare ? words[1].replace("$", "") : words[1]);
        rows.add(new Taken(IdType.of(words[0]), position, new Line(words[2], bare ? "" : "\n")));
      } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
        // the other lines still count
      }
    }
    return new TakenRows(rows);
  }

  /** The content of the file. */
  byte[] encode() {
    StringBuilder text = new StringBuilder();
    for (Taken row : rows) {
      text.append(row.type().word()).append(' ').append(row.position());
      text.append(row.line().end().isEmpty() ? "$ " : " ").append(row.line().text()).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** These and the lines that are local in one form of a file and not in the other, each once. */
  TakenRows plus(IdType type, ManagedFile all, ManagedFile left) {
    Set<Line> known =
        rows.stream().filter(row -> row.type() == type).map(Taken::line).collect(toSet());
    List<Line> remaining = left.localLines();
    List<Taken> taken = new ArrayList<>(rows);
    int position = 0;
    for (Line line : all.localLines()) {
      if (position < remaining.size() && remaining.get(position).equals(line)) {
        position++;
      } else if (known.add(line)) {
        taken.add(new Taken(type, position, line));
      }
    }
    return new TakenRows(taken);
  }

  /** The bytes of a file of these local lines and the rows that were taken from it. */
  byte[] giveBack(IdType type, List<Line> local) {
    Set<String> there = local.stream().map(Line::text).collect(toSet());
    SortedMap<Integer, List<Line>> taken = new TreeMap<>();
    for (Taken row : rows) {
      if (row.type() == type && there.add(row.line().text())) {
        int position = Math.min(row.position(), local.size());
        taken.computeIfAbsent(position, at -> new ArrayList<>()).add(row.line());
      }
    }
    List<Line> lines = new ArrayList<>();
    for (int position = 0; position <= local.size(); position++) {
      lines.addAll(taken.getOrDefault(position, List.of()));
      lines.addAll(local.subList(position, Math.min(position + 1, local.size())));
    }
    for (int i = 0; i < lines.size() - 1; i++) {
      lines.set(i, new Line(lines.get(i).text(), "\n")); // another line follows
    }
    return new SubidFile(lines).encode();
  }
}
