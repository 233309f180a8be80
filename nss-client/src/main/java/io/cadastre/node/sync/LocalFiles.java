/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.guard.LocalGuard;
import io.cadastre.node.render.KnownRows;
import io.cadastre.node.render.ManagedFile;
import io.cadastre.node.settings.NodeSettings.Mode;
import io.cadastre.node.tree.Replacement;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Severity;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SubidFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * /etc/subuid and /etc/subgid, split into local lines and the managed block, and what becomes of
 * lines that nobody knows. Immutable.
 *
 * @param subuid /etc/subuid
 * @param subgid /etc/subgid
 * @param foreign lines, one character for each byte, that stand in a managed block although no
 *     snapshot gave them, each with its file; the next block does not have them
 */
record LocalFiles(ManagedFile subuid, ManagedFile subgid, List<String> foreign) {
  private static final int SHOWN = 3;

  /**
   * Reads the files of a node for a snapshot to serve.
   *
   * @throws NodeFailure if a file cannot be split
   */
  static LocalFiles of(NodeState nodeState, Snapshot snapshot, SyncOptions options)
      throws NodeFailure {
    List<String> foreign = new ArrayList<>();
    List<ManagedFile> files = new ArrayList<>();
    boolean asLeft = areAsLeft(nodeState);
    for (IdType type : IdType.values()) {
      KnownRows known = known(nodeState, type, options.settings().mode(), snapshot);
      ManagedFile file = split(nodeState, type, known);
      if (!asLeft) {
        file.foreignLines(seen(nodeState, type, snapshot))
            .forEach(line -> foreign.add("/etc/" + type.word() + ": " + line));
      }
      files.add(
          options.adopt()
              ? file.without(new LocalGuard(snapshot, type, options.settings().guards())::adopts)
              : file);
    }
    return new LocalFiles(files.get(0), files.get(1), List.copyOf(foreign));
  }

  private static ManagedFile split(NodeState nodeState, IdType type, KnownRows known)
      throws NodeFailure {
    return ManagedFile.of(nodeState.tree().file(type).toString(), nodeState.bytes(type), known);
  }

  /**
   * The rows that the registry gave to this node: those of the last snapshot and of an interrupted
   * sync. In plugin mode the files have none of them.
   *
   * @param mode how the node serves by its settings; it counts if the state does not say how it
   *     served
   * @param applied the snapshot to serve; its rows are assumed to be known if the node lost its
   *     state
   */
  private static KnownRows known(NodeState nodeState, IdType type, Mode mode, Snapshot applied) {
    Mode served = nodeState.lastState().flatMap(SyncState::mode).orElse(mode);
    List<Snapshot> snapshots =
        Stream.concat(
                nodeState.served().filter(last -> served == Mode.FILES).stream(),
                nodeState.interrupted().stream())
            .toList();
    return snapshots.isEmpty() && served == Mode.FILES
        ? KnownRows.assumed(type, applied)
        : KnownRows.of(type, snapshots);
  }

  /** All rows that this node knows from the registry, held ones and those to apply included. */
  private static KnownRows seen(NodeState nodeState, IdType type, Snapshot applied) {
    return KnownRows.of(
        type,
        Stream.of(Optional.of(applied), nodeState.lastGood(), nodeState.interrupted())
            .flatMap(Optional::stream)
            .toList());
  }

  /** Whether the managed blocks and the map are as the last sync left them. */
  static boolean areAsLeft(NodeState nodeState) throws NodeFailure {
    KnownRows none = KnownRows.of(IdType.SUBUID, List.of()); // the block does not depend on it
    String now =
        Rendering.served(
            split(nodeState, IdType.SUBUID, none),
            split(nodeState, IdType.SUBGID, none),
            nodeState.map());
    return nodeState.lastState().filter(state -> state.served().equals(now)).isPresent();
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
    Set<String> kept = text.toString().lines().collect(Collectors.toSet());
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
            "no snapshot has what stood in the managed block, so it was removed",
            "it is kept in /var/lib/cadastre/removed; local rows belong outside of the block"));
  }
}
