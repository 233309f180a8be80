/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.render.ManagedFile;
import io.cadastre.node.render.SubidMap;
import io.cadastre.node.settings.Mode;
import io.cadastre.node.settings.NodeSettings;
import io.cadastre.node.tree.Checksum;
import io.cadastre.node.tree.FileContent;
import io.cadastre.node.tree.Replacement;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a snapshot makes of a node's files, in one mode or the other.
 *
 * @param subuid /etc/subuid
 * @param subgid /etc/subgid
 * @param map the plugin's map; empty if the node needs none
 */
record Rendering(ManagedFile subuid, ManagedFile subgid, Optional<FileContent> map) {

  /** The files that this snapshot asks for, with the local rows that are there. */
  static Rendering of(
      NodeState present, Snapshot snapshot, NodeSettings settings, RowAdoption adopt)
      throws NodeFailure {
    return new Rendering(
        file(present, snapshot, settings, adopt, IdType.SUBUID),
        file(present, snapshot, settings, adopt, IdType.SUBGID),
        map(present, snapshot, settings).map(FileContent::written));
  }

  private static ManagedFile file(
      NodeState present, Snapshot snapshot, NodeSettings settings, RowAdoption adopt, IdType type)
      throws NodeFailure {
    ManagedFile local = adopt.of(present.managed(type), type);
    // newuidmap opens both files even under a plugin, and parses them whole: local rows only there.
    return settings.mode() == Mode.PLUGIN
        ? local.withoutBlock()
        : local.with(snapshot, type, settings.owners());
  }

  private static Optional<byte[]> map(NodeState present, Snapshot snapshot, NodeSettings settings) {
    boolean grants = settings.guards().singleGidGrants();
    if (settings.mode() == Mode.PLUGIN) {
      return Optional.of(SubidMap.render(snapshot, grants));
    }
    // A map from before would go stale; with nobody's, a plugin still loaded reads the files.
    return present.map().map(old -> SubidMap.ofNobody(grants));
  }

  /**
   * The files that serve, in an order in which no owner is without his range in between: what
   * serves him next is written before what served him so far goes.
   */
  List<Replacement> replacements(NodeState present, Mode mode) {
    List<Replacement> all = new ArrayList<>();
    for (IdType type : IdType.values()) {
      byte[] bytes = (type == IdType.SUBUID ? subuid : subgid).encode();
      all.add(new Replacement(present.tree().file(type), present.file(type), bytes));
    }
    map.map(m -> new Replacement(present.tree().map(), present.map(), m.bytes()))
        .ifPresent(m -> all.add(mode == Mode.PLUGIN ? 0 : all.size(), m));
    return all;
  }

  /** A checksum of what serves the registry's owners: the blocks and the map. */
  String served() {
    return served(subuid, subgid, map);
  }

  /** The same of what is there. */
  static String served(ManagedFile subuid, ManagedFile subgid, Optional<FileContent> map) {
    return new Checksum()
        .add(subuid.block().encode())
        .add(subgid.block().encode())
        .add(map.map(FileContent::bytes).orElseGet(() -> new byte[0]))
        .hex();
  }
}
