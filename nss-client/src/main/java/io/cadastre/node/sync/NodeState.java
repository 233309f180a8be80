/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.guard.LocalAccounts;
import io.cadastre.node.tree.FileContent;
import io.cadastre.node.tree.FileSum;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.node.tree.TreeFileReader;
import io.cadastre.node.tree.TreeUnfit;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SnapshotRefused;
import io.cadastre.subid.SubidFile;
import io.cadastre.subid.SubidRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of a node that a sync depends on, read once, parsed on demand. Not thread-safe. */
public final class NodeState {
  private final NodeTree tree;
  private final Serving serving;
  private final Own own;
  private final Local local;
  private Optional<Optional<Snapshot>> parsed = Optional.empty();

  /** /etc/subuid, /etc/subgid and the plugin's map. */
  private record Serving(
      Optional<FileContent> subuid, Optional<FileContent> subgid, Optional<FileContent> map) {}

  /** The other files of the state folder. */
  private record Own(
      Optional<FileContent> snapshot,
      Optional<FileContent> next,
      Optional<FileContent> served,
      Optional<FileContent> state,
      Optional<FileContent> removed,
      Optional<FileContent> taken) {}

  /** passwd(5), group(5) and nsswitch.conf(5). */
  private record Local(
      Optional<FileContent> passwd, Optional<FileContent> group, Optional<FileContent> nsswitch) {}

  private NodeState(NodeTree tree, Serving serving, Own own, Local local) {
    this.tree = tree;
    this.serving = serving;
    this.own = own;
    this.local = local;
  }

  /**
   * Reads the files of a tree.
   *
   * @throws TreeUnfit if a file is a symbolic link where none is allowed, or leads out of the tree
   */
  public static NodeState read(NodeTree tree) throws IOException, TreeUnfit {
    return read(tree, new TreeFileReader(tree).readAll(tree.etc(), false, "subuid", "subgid"));
  }

  /**
   * Reads the files of a tree only to report on them. /etc/subuid or /etc/subgid that is a symbolic
   * link or no regular file counts as missing: shadow and the plugin do not read it either.
   */
  public static NodeState observe(NodeTree tree) throws IOException, TreeUnfit {
    return read(tree, new TreeFileReader(tree).readPlain(tree.etc(), "subuid", "subgid"));
  }

  private static NodeState read(NodeTree tree, List<Optional<FileContent>> rows)
      throws IOException, TreeUnfit {
    TreeFileReader reader = new TreeFileReader(tree);
    List<Optional<FileContent>> local =
        reader.readAll(tree.etc(), true, "passwd", "group", "nsswitch.conf");
    List<Optional<FileContent>> own =
        reader.readAll(
            tree.stateDirectory(),
            false,
            "subid.map",
            "snapshot",
            "snapshot.next",
            "served",
            "state",
            "removed",
            "taken");
    return new NodeState(
        tree,
        new Serving(rows.get(0), rows.get(1), own.get(0)),
        new Own(own.get(1), own.get(2), own.get(3), own.get(4), own.get(5), own.get(6)),
        new Local(local.get(0), local.get(1), local.get(2)));
  }

  private static byte[] bytes(Optional<FileContent> file) {
    return file.isPresent() ? file.get().bytes() : new byte[0];
  }

  /** The tree that was read. */
  public NodeTree tree() {
    return tree;
  }

  /** /etc/subuid or /etc/subgid. */
  Optional<FileContent> file(IdType type) {
    return type == IdType.SUBUID ? serving.subuid() : serving.subgid();
  }

  /** The plugin's map. */
  public Optional<FileContent> map() {
    return serving.map();
  }

  /** The file of the last good snapshot. */
  Optional<FileContent> snapshot() {
    return own.snapshot();
  }

  /** The file of the rows that an interrupted sync was writing. */
  Optional<FileContent> next() {
    return own.next();
  }

  /** The state file. */
  Optional<FileContent> state() {
    return own.state();
  }

  /** The file that says how this node serves. */
  Optional<FileContent> servedFile() {
    return own.served();
  }

  /** The file of the lines that were removed from a managed block. */
  Optional<FileContent> removed() {
    return own.removed();
  }

  /** The file of the local rows that a sync took over into a managed block. */
  Optional<FileContent> taken() {
    return own.taken();
  }

  /** The rows of /etc/subuid or /etc/subgid, local ones and the registry's. */
  public List<SubidRow> rows(IdType type) {
    return SubidFile.decode(bytes(type)).rows();
  }

  /** The bytes of /etc/subuid or /etc/subgid; no bytes if there is no file. */
  byte[] bytes(IdType type) {
    return bytes(file(type));
  }

  /** The rows that an interrupted sync was writing into the files; empty without such a sync. */
  Optional<Snapshot> interrupted() {
    return parse(own.next());
  }

  /** The last good snapshot; empty if there is none or it is damaged. */
  public Optional<Snapshot> lastGood() {
    if (parsed.isEmpty()) {
      parsed = Optional.of(parse(own.snapshot()));
    }
    return parsed.get();
  }

  private static Optional<Snapshot> parse(Optional<FileContent> file) {
    try {
      return file.isEmpty() ? Optional.empty() : Optional.of(Snapshot.parse(file.get().bytes()));
    } catch (SnapshotRefused e) {
      return Optional.empty();
    }
  }

  /** The rows of the last good snapshot that this node serves: without those that are held. */
  public Optional<Snapshot> served() {
    return lastGood().map(last -> Served.without(last, howServed().held().keySet()));
  }

  /** How many rows of the last good snapshot this node does not serve. */
  public int holds() {
    return Served.countHeld(new String(bytes(own.served()), StandardCharsets.UTF_8));
  }

  /** How this node serves the last good snapshot. */
  Served howServed() {
    return own.served()
        .map(file -> Served.decode(new String(file.bytes(), StandardCharsets.UTF_8)))
        .filter(found -> found.mode().isPresent())
        .or(() -> lastState().map(Served::of))
        .orElse(Served.UNKNOWN);
  }

  /** The state that the last sync left; empty if there is none or it is damaged. */
  public Optional<SyncState> lastState() {
    return own.state()
        .flatMap(content -> SyncState.decode(new String(content.bytes(), StandardCharsets.UTF_8)));
  }

  /** The accounts in the node's own passwd(5) and group(5). */
  public LocalAccounts accounts() {
    return LocalAccounts.of(bytes(local.passwd()), bytes(local.group()));
  }

  /** The text of nsswitch.conf(5). */
  String nsswitch() {
    return new String(bytes(local.nsswitch()), StandardCharsets.ISO_8859_1);
  }

  /**
   * A checksum of everything that the result of a sync depends on, except the answer of the
   * service.
   *
   * @param settings the settings of the node, as text
   */
  String inputs(String settings) {
    List<Optional<FileSum>> read = new ArrayList<>();
    for (Optional<FileContent> file :
        List.of(local.passwd(), local.group(), local.nsswitch(), own.served())) {
      read.add(Optional.of(FileSum.of(FileContent.written(bytes(file)))));
    }
    List<Optional<FileSum>> written = new ArrayList<>();
    for (Optional<FileContent> file :
        List.of(serving.subuid(), serving.subgid(), serving.map(), own.snapshot())) {
      written.add(file.map(FileSum::of));
    }
    return Settled.inputs(settings, read, written, own.next().isPresent());
  }

  /** This state after the files that serve owners were written, as {@link #inputs} sees it. */
  NodeState after(Rendering rendering, Served how, Snapshot next) {
    return new NodeState(
        tree,
        new Serving(
            Optional.of(FileContent.written(rendering.subuid().encode())),
            Optional.of(FileContent.written(rendering.subgid().encode())),
            rendering.map()),
        new Own(
            Optional.of(FileContent.written(next.render())),
            Optional.empty(),
            Optional.of(FileContent.written(how.encode().getBytes(StandardCharsets.UTF_8))),
            own.state(),
            own.removed(),
            own.taken()),
        local);
  }
}
