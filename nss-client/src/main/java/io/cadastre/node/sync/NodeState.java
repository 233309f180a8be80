/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.guard.LocalAccounts;
import io.cadastre.node.render.ManagedFile;
import io.cadastre.node.tree.Checksum;
import io.cadastre.node.tree.FileContent;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.node.tree.TreeFileReader;
import io.cadastre.node.tree.TreeUnfit;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SnapshotRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of a node that a sync depends on, read once and parsed on demand.
 *
 * @param tree the tree that was read
 * @param subuid /etc/subuid
 * @param subgid /etc/subgid
 * @param map the plugin's map
 * @param snapshot the last good snapshot
 * @param state the state that the last sync left
 * @param local passwd, group and nsswitch.conf
 */
public record NodeState(
    NodeTree tree,
    Optional<FileContent> subuid,
    Optional<FileContent> subgid,
    Optional<FileContent> map,
    Optional<FileContent> snapshot,
    Optional<FileContent> state,
    Local local) {

  /** The bytes of passwd(5), group(5) and nsswitch.conf(5); no bytes where there is no file. */
  static final class Local {
    private final byte[] passwd;
    private final byte[] group;
    private final byte[] nsswitch;

    Local(byte[] passwd, byte[] group, byte[] nsswitch) {
      this.passwd = passwd;
      this.group = group;
      this.nsswitch = nsswitch;
    }
  }

  /**
   * Reads the files of a tree.
   *
   * @throws TreeUnfit if a file is a symbolic link where none is allowed, or leads out of the tree
   */
  public static NodeState read(NodeTree tree) throws IOException, TreeUnfit {
    TreeFileReader reader = new TreeFileReader(tree);
    List<Optional<FileContent>> served = reader.readAll(tree.etc(), false, "subuid", "subgid");
    List<Optional<FileContent>> local =
        reader.readAll(tree.etc(), true, "passwd", "group", "nsswitch.conf");
    List<Optional<FileContent>> own =
        reader.readAll(tree.stateDirectory(), false, "subid.map", "snapshot", "state");
    return new NodeState(
        tree,
        served.get(0),
        served.get(1),
        own.get(0),
        own.get(1),
        own.get(2),
        new Local(bytes(local.get(0)), bytes(local.get(1)), bytes(local.get(2))));
  }

  private static byte[] bytes(Optional<FileContent> file) {
    return file.map(FileContent::bytes).orElseGet(() -> new byte[0]);
  }

  /** /etc/subuid or /etc/subgid. */
  Optional<FileContent> file(IdType type) {
    return type == IdType.SUBUID ? subuid : subgid;
  }

  /**
   * /etc/subuid or /etc/subgid, split into local lines and the managed block; no lines if there is
   * no file.
   *
   * @throws NodeFailure if its marker lines are damaged
   */
  public ManagedFile managed(IdType type) throws NodeFailure {
    return ManagedFile.of(
        tree.file(type).toString(),
        file(type).map(FileContent::bytes).orElseGet(() -> new byte[0]));
  }

  /**
   * The last good snapshot; empty if there is none or it is damaged, and the next sync replaces it.
   */
  public Optional<Snapshot> lastGood() {
    try {
      return snapshot.isEmpty()
          ? Optional.empty()
          : Optional.of(Snapshot.parse(snapshot.get().bytes()));
    } catch (SnapshotRefused e) {
      return Optional.empty();
    }
  }

  /** The state that the last sync left; empty if there is none or it is damaged. */
  public Optional<SyncState> lastState() {
    return state.flatMap(
        content -> SyncState.decode(new String(content.bytes(), StandardCharsets.UTF_8)));
  }

  /** The accounts in the node's own passwd(5) and group(5). */
  public LocalAccounts accounts() {
    return LocalAccounts.of(local.passwd, local.group);
  }

  /** The text of nsswitch.conf(5). */
  String nsswitch() {
    return new String(local.nsswitch, StandardCharsets.ISO_8859_1);
  }

  /**
   * A checksum of everything that the result of a sync depends on, except the answer of the
   * service.
   *
   * @param settings the settings of the node, as text
   */
  String inputs(String settings) {
    Checksum digest =
        new Checksum().add(settings).add(local.passwd).add(local.group).add(local.nsswitch);
    Stream.of(subuid, subgid, map, snapshot)
        .forEach(
            file ->
                digest
                    .add(file.map(content -> "fit: " + content.fit()).orElse("none"))
                    .add(file.map(FileContent::bytes).orElseGet(() -> new byte[0])));
    return digest.hex();
  }

  /** This state after the files that serve owners were written, as {@link #inputs} sees it. */
  NodeState after(Rendering rendering, Snapshot next) {
    return new NodeState(
        tree,
        Optional.of(FileContent.written(rendering.subuid().encode())),
        Optional.of(FileContent.written(rendering.subgid().encode())),
        rendering.map(),
        Optional.of(FileContent.written(next.render())),
        state,
        local);
  }
}
