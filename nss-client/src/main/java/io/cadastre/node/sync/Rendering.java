/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.render.ManagedFile;
import io.cadastre.node.render.SubidMap;
import io.cadastre.node.settings.NodeSettings;
import io.cadastre.node.settings.NodeSettings.Mode;
import io.cadastre.node.sync.Served.LocalTwin;
import io.cadastre.node.tree.Checksum;
import io.cadastre.node.tree.FileContent;
import io.cadastre.node.tree.Replacement;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Snapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The files that a node in its mode needs to serve a snapshot.
 *
 * @param subuid /etc/subuid
 * @param subgid /etc/subgid
 * @param map the plugin's map; empty if the node needs none
 */
record Rendering(ManagedFile subuid, ManagedFile subgid, Optional<FileContent> map) {

  /**
   * Renders a snapshot, keeping the local rows of the node.
   *
   * @param served the rows to serve
   */
  static Rendering of(
      NodeState nodeState, LocalFiles local, Snapshot served, NodeSettings settings) {
    return new Rendering(
        file(local, served, settings, IdType.SUBUID),
        file(local, served, settings, IdType.SUBGID),
        map(nodeState, served, settings).map(FileContent::written));
  }

  private static ManagedFile file(
      LocalFiles local, Snapshot served, NodeSettings settings, IdType type) {
    // newuidmap opens and parses both files even with a plugin, so they hold only local rows then.
    return settings.mode() == Mode.PLUGIN
        ? local.of(type).withoutBlock()
        : local.of(type).with(served, type, settings.owners());
  }

  private static Optional<byte[]> map(NodeState nodeState, Snapshot served, NodeSettings settings) {
    boolean grants = settings.guards().singleGidGrants();
    if (settings.mode() == Mode.PLUGIN) {
      return Optional.of(SubidMap.render(served, grants));
    }
    // An old map would become stale. With an empty map, a plugin that is still loaded reads the
    // files.
    return nodeState.map().map(old -> SubidMap.empty(grants));
  }

  /**
   * The files that serve owners, in an order in which every owner is served all the time: the new
   * source is written before the old one is removed.
   */
  List<Replacement> replacements(NodeState nodeState, Mode mode) {
    List<Replacement> all = new ArrayList<>();
    for (IdType type : IdType.values()) {
      byte[] bytes = (type == IdType.SUBUID ? subuid : subgid).encode();
      all.add(new Replacement(nodeState.tree().file(type), nodeState.file(type), bytes));
    }
    map.map(m -> new Replacement(nodeState.tree().map(), nodeState.map(), m.bytes()))
        .ifPresent(m -> all.add(mode == Mode.PLUGIN ? 0 : all.size(), m));
    return all;
  }

  /** The rows that are in no managed block, since a local row equals them. */
  Set<LocalTwin> twins(Snapshot snapshot) {
    Set<LocalTwin> twins = new HashSet<>();
    subuid.twins(snapshot, IdType.SUBUID).forEach(t -> twins.add(new LocalTwin(IdType.SUBUID, t)));
    subgid.twins(snapshot, IdType.SUBGID).forEach(t -> twins.add(new LocalTwin(IdType.SUBGID, t)));
    return twins;
  }

  /**
   * A checksum of everything that serves owners of the registry: the managed blocks and the map.
   */
  String served() {
    return served(subuid, subgid, map);
  }

  /** The same checksum of given files. */
  static String served(ManagedFile subuid, ManagedFile subgid, Optional<FileContent> map) {
    return new Checksum()
        .add(subuid.block().encode())
        .add(subgid.block().encode())
        .add(map.map(FileContent::bytes).orElseGet(() -> new byte[0]))
        .hex();
  }
}
