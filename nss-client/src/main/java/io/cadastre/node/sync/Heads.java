/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.tree.FileContent;
import io.cadastre.node.tree.GrowingFile;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.node.tree.TreeFileReader;
import io.cadastre.node.tree.TreeUnfit;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Severity;
import io.cadastre.subid.Witness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The witnesses that this node keeps of the event log, in the file /var/lib/cadastre/heads: one
 * {@link Witness} a line, oldest first; at least the newest 1,000. A line that is no witness, as a
 * run that was killed may leave one, is passed over. Immutable.
 */
public final class Heads {
  /** So many witnesses are shown; the file grows by a tenth more before it is cut. */
  static final int KEPT = 1000;

  private static final int MOST_LINES = KEPT + KEPT / 10;
  private static final long DAY = Duration.ofDays(1).toSeconds();
  private static final Duration REPORTED = Duration.ofDays(30);

  private final String text;

  private Heads(String text) {
    this.text = text;
  }

  /**
   * Reads the witnesses of a tree; none if there is no file.
   *
   * @throws TreeUnfit if the file is a link or no regular file
   */
  public static Heads read(NodeTree tree) throws IOException, TreeUnfit {
    Optional<FileContent> file =
        new TreeFileReader(tree).readAll(tree.stateDirectory(), false, "heads").get(0);
    return new Heads(
        file.isPresent() ? new String(file.get().bytes(), StandardCharsets.US_ASCII) : "");
  }

  /** The newest 1,000 witnesses, oldest first. */
  public List<Witness> witnesses() {
    List<Witness> all = text.lines().map(Witness::parse).flatMap(Optional::stream).toList();
    return all.subList(Math.max(0, all.size() - KEPT), all.size());
  }

  /**
   * Where a witness contradicts the one before it of the same ledger, in order: the log was edited,
   * cut or restored between the two.
   */
  public List<Finding> contradictions(NodeTree tree) {
    return contradictions(tree, Instant.MIN);
  }

  /**
   * The contradictions of the last 30 days as warnings: {@code cadastre-node heads} shows older
   * ones as well. A file that cannot be read is a warning too.
   */
  public static List<Finding> recentContradictions(NodeTree tree, Instant now) {
    try {
      return read(tree).contradictions(tree, now.minus(REPORTED));
    } catch (IOException | TreeUnfit e) {
      return List.of(
          new Finding(
              "head",
              Severity.WARNING,
              tree.shown(tree.heads()),
              "it cannot be read: " + e.getMessage(),
              "remove what has its name; the next sync writes it"));
    }
  }

  private List<Finding> contradictions(NodeTree tree, Instant since) {
    List<Finding> found = new ArrayList<>();
    Map<UUID, Witness> last = new HashMap<>();
    for (Witness witness : witnesses()) {
      Optional.ofNullable(last.put(witness.ledger(), witness))
          .filter(earlier -> witness.contradicts(earlier) && !witness.at().isBefore(since))
          .ifPresent(earlier -> found.add(finding(tree, witness, earlier)));
    }
    return found;
  }

  /**
   * Adds what a sync was told, if it is of a new serial or the last witness is a day old, or
   * contradicts that.
   *
   * @return the contradiction
   */
  Optional<Finding> add(NodeTree tree, Sighting sighting, Instant now)
      throws IOException, TreeUnfit {
    Witness witness = sighting.at(now);
    Optional<Witness> last = last(sighting.ledger());
    if (last.isEmpty()) {
      append(tree, witness);
      return Optional.empty();
    }
    boolean contradicts = witness.contradicts(last.get());
    if (contradicts || isDue(last.get(), sighting, now)) {
      append(tree, witness);
    }
    return contradicts ? Optional.of(finding(tree, witness, last.get())) : Optional.empty();
  }

  /** A time in the future is of a clock that was wrong: it must not keep a node silent. */
  private static boolean isDue(Witness last, Sighting sighting, Instant now) {
    long age = now.getEpochSecond() - last.at().getEpochSecond();
    return age >= DAY || age < 0 || (sighting.isNew() && !last.head().equals(sighting.head()));
  }

  /** The newest witness of this ledger. From the end, since a sync without news needs one line. */
  private Optional<Witness> last(UUID ledger) {
    int end = text.length();
    while (end > 0) {
      int start = text.lastIndexOf('\n', end - 1) + 1;
      Optional<Witness> witness = Witness.parse(text.substring(start, end));
      if (witness.isPresent() && witness.get().ledger().equals(ledger)) {
        return witness;
      }
      end = start - 1;
    }
    return Optional.empty();
  }

  private void append(NodeTree tree, Witness witness) throws IOException, TreeUnfit {
    GrowingFile file = new GrowingFile(tree, tree.heads());
    String line = witness.line().concat("\n");
    if (text.lines().count() >= MOST_LINES) {
      StringBuilder kept = new StringBuilder();
      List<Witness> all = witnesses();
      all.subList(Math.max(0, all.size() - KEPT + 1), all.size())
          .forEach(each -> kept.append(each.line()).append('\n'));
      file.replace(kept.append(line).toString().getBytes(StandardCharsets.US_ASCII));
      return;
    }
    boolean torn = !text.isEmpty() && !text.endsWith("\n");
    file.append((torn ? "\n".concat(line) : line).getBytes(StandardCharsets.US_ASCII));
  }

  private static Finding finding(NodeTree tree, Witness now, Witness earlier) {
    boolean same = now.head().number() == earlier.head().number();
    return new Finding(
        "head",
        Severity.WARNING,
        tree.shown(tree.heads()),
        same
            ? "ledger %s gives event %d the hash %s, and gave it %s at %s: its log was edited, or restored from a backup and continued"
                .formatted(
                    now.ledger(),
                    now.head().number(),
                    now.head().hash(),
                    earlier.head().hash(),
                    earlier.at())
            : "the newest event of ledger %s is %d, and was %d at %s: its log was cut or restored from a backup, or the service that answered is behind"
                .formatted(
                    now.ledger(), now.head().number(), earlier.head().number(), earlier.at()),
        "if no restore of the ledger is known, collect \"cadastre-node heads\" from several nodes into a file, export the events and run \"cadastre events verify EXPORT --heads FILE\"; this node serves the snapshot all the same");
  }
}
