/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.guard.LocalGuard;
import io.cadastre.node.render.KnownRows;
import io.cadastre.node.render.KnownRows.Match;
import io.cadastre.node.render.ManagedFile;
import io.cadastre.node.render.SubidMap;
import io.cadastre.node.settings.NodeSettings.Mode;
import io.cadastre.node.tree.Replacement;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Severity;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SubidFile;
import io.cadastre.subid.SubidRow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * /etc/subuid and /etc/subgid, split into local lines and the managed block, and the lines that a
 * sync removes although they are not the registry's. Immutable.
 *
 * @param subuid /etc/subuid
 * @param subgid /etc/subgid
 * @param foreign the lines to remove, one character for each byte, each with its file
 */
record LocalFiles(ManagedFile subuid, ManagedFile subgid, List<String> foreign) {
  private static final int SHOWN = 3;

  /**
   * Reads the files of a node for the guards.
   *
   * @param snapshot the snapshot to serve
   * @throws NodeFailure if a file cannot be split
   */
  static LocalFiles of(NodeState nodeState, Snapshot snapshot, SyncOptions options)
      throws NodeFailure {
    List<ManagedFile> files = new ArrayList<>();
    for (IdType type : IdType.values()) {
      files.add(split(nodeState, type, known(nodeState, type, snapshot, options)));
    }
    LocalFiles split = new LocalFiles(files.get(0), files.get(1), List.of());
    if (split.areAsLeftBy(nodeState)) {
      return split;
    }
    List<String> foreign = new ArrayList<>();
    for (IdType type : IdType.values()) {
      split
          .of(type)
          .foreignLines(seen(nodeState, type, snapshot))
          .forEach(line -> foreign.add(named(type, line)));
    }
    return new LocalFiles(split.subuid, split.subgid, List.copyOf(foreign));
  }

  /**
   * These files without local rows that must not stand beside the rows to serve: those that {@code
   * --adopt} takes over, and in files mode those that share IDs with the range that is served to
   * their owner, since newuidmap fails if a user has an ID twice.
   *
   * @param served the rows to serve
   * @param report what the guards said of these files
   */
  LocalFiles beside(Snapshot served, GuardReport report, NodeState nodeState, SyncOptions options)
      throws NodeFailure {
    if (!options.adopt() && report.held().isEmpty() && report.accepted().isEmpty()) {
      return this; // the guards found no such row
    }
    Set<String> removed = new LinkedHashSet<>(foreign);
    List<ManagedFile> files = new ArrayList<>();
    for (IdType type : IdType.values()) {
      LocalGuard guard = new LocalGuard(served, type, options.settings().guards());
      boolean inFiles = options.settings().mode() == Mode.FILES;
      ManagedFile file = split(nodeState, type, known(nodeState, type, served, options));
      for (SubidRow row : file.localRows()) {
        if (inFiles && guard.doubles(row)) {
          removed.add(named(type, latin(row.toString())));
        }
      }
      files.add(
          file.without(
              row -> (options.adopt() && guard.adopts(row)) || (inFiles && guard.doubles(row))));
    }
    return new LocalFiles(files.get(0), files.get(1), List.copyOf(removed));
  }

  private static String named(IdType type, String line) {
    return "/etc/" + type.word() + ": " + line;
  }

  /** Text with one character for each byte, as lines of these files are kept. */
  private static String latin(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static ManagedFile split(NodeState nodeState, IdType type, KnownRows known)
      throws NodeFailure {
    return ManagedFile.of(nodeState.tree().file(type).toString(), nodeState.bytes(type), known);
  }

  /**
   * The rows that the registry wrote into a file of this node: those of the last snapshot and of an
   * interrupted sync. In plugin mode there are none. A node that does not know how it served may
   * have held rows back, so that a part of a range may be a local row.
   *
   * @param applied the rows to serve; they are assumed to be known if the node lost its state
   */
  private static KnownRows known(
      NodeState nodeState, IdType type, Snapshot applied, SyncOptions options) {
    Served last = nodeState.howServed();
    boolean files = last.mode().orElseGet(() -> modeOnDisk(nodeState, options)) == Mode.FILES;
    List<Snapshot> snapshots =
        Stream.concat(
                nodeState.lastGood().filter(snapshot -> files).stream()
                    .map(snapshot -> last.written(snapshot, type)),
                nodeState.interrupted().stream().map(rows -> last.written(rows, type)))
            .toList();
    if (snapshots.isEmpty() && files) {
      return KnownRows.of(type, List.of(last.written(applied, type)), Match.ASSUMED);
    }
    return KnownRows.of(type, snapshots, last.mode().isPresent() ? Match.ALL : Match.WHOLE);
  }

  /**
   * How a node served that does not say it: the map of a node in files mode has no rows. The
   * setting counts if it served nothing yet.
   */
  private static Mode modeOnDisk(NodeState nodeState, SyncOptions options) {
    if (nodeState.lastGood().isEmpty()) {
      return options.settings().mode();
    }
    int empty = SubidMap.empty(false).length;
    return nodeState.map().filter(map -> map.bytes().length > empty).isPresent()
        ? Mode.PLUGIN
        : Mode.FILES;
  }

  /** All rows that this node knows from the registry, held ones and those to apply included. */
  private static KnownRows seen(NodeState nodeState, IdType type, Snapshot applied) {
    return KnownRows.of(
        type,
        Stream.of(Optional.of(applied), nodeState.lastGood(), nodeState.interrupted())
            .flatMap(Optional::stream)
            .toList(),
        Match.ALL);
  }

  /** Whether the managed blocks and the map are as the last sync left them. */
  static boolean areAsLeft(NodeState nodeState) {
    try {
      return new LocalFiles(
              split(nodeState, IdType.SUBUID, KnownRows.NONE),
              split(nodeState, IdType.SUBGID, KnownRows.NONE),
              List.of())
          .areAsLeftBy(nodeState);
    } catch (NodeFailure e) {
      return false; // the sync refuses the file once it has asked the service
    }
  }

  private boolean areAsLeftBy(NodeState nodeState) {
    String now = Rendering.served(subuid, subgid, nodeState.map());
    return nodeState.lastState().filter(state -> state.served().equals(now)).isPresent();
  }

  /**
   * The file that keeps the local rows which became the registry's in these files: because the node
   * has no state, or by {@code --adopt}. None if it need not change.
   *
   * @param served the rows to serve
   */
  List<Replacement> keepTaken(NodeState nodeState, Snapshot served, SyncOptions options)
      throws NodeFailure {
    TakenRows taken = TakenRows.of(nodeState);
    for (IdType type : IdType.values()) {
      KnownRows known = known(nodeState, type, served, options);
      // A file with a marker line lost the others: its rows are the registry's.
      boolean assumed = known.areAssumed() && !ManagedFile.hasMarkers(nodeState.bytes(type));
      if (!assumed && !options.adopt()) {
        continue;
      }
      LocalGuard guard = new LocalGuard(served, type, options.settings().guards());
      ManagedFile all = split(nodeState, type, assumed ? KnownRows.NONE : known);
      taken = taken.plus(type, all.without(guard::doubles), of(type));
    }
    return taken.rows().isEmpty()
        ? List.of()
        : List.of(new Replacement(nodeState.tree().taken(), nodeState.taken(), taken.encode()));
  }

  /** The file of an ID space. */
  ManagedFile of(IdType type) {
    return type == IdType.SUBUID ? subuid : subgid;
  }

  /** The file that keeps the foreign lines; none if there are none. */
  List<Replacement> keep(NodeState nodeState) {
    if (foreign.isEmpty()) {
      return List.of();
    }
    StringBuilder text = new StringBuilder();
    nodeState
        .removed()
        .ifPresent(kept -> text.append(new String(kept.bytes(), StandardCharsets.ISO_8859_1)));
    Set<String> kept = new LinkedHashSet<>(text.toString().lines().toList());
    foreign.stream().filter(kept::add).forEach(line -> text.append(line).append('\n'));
    return List.of(
        new Replacement(
            nodeState.tree().removed(),
            nodeState.removed(),
            text.toString().getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** A warning that names the foreign lines; none if there are none. */
  List<Finding> findings() {
    if (foreign.isEmpty()) {
      return List.of();
    }
    return List.of(
        new Finding(
            "removed",
            Severity.WARNING,
            SubidFile.utf8(String.join("; ", foreign.subList(0, Math.min(SHOWN, foreign.size()))))
                + (foreign.size() > SHOWN ? " and %d more".formatted(foreign.size() - SHOWN) : ""),
            "this stands in the managed block, or inside a range that the node serves, and no"
                + " snapshot has it; a sync removes it and keeps it in"
                + " /var/lib/cadastre/removed",
            "put local rows outside of the block"));
  }
}
