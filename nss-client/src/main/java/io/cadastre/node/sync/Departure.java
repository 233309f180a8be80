/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.guard.Acceptances;
import io.cadastre.node.settings.NodeSettings;
import io.cadastre.node.tree.EtcLock;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.node.tree.Replacement;
import io.cadastre.node.tree.TreeFileReader;
import io.cadastre.node.tree.TreeRemoval;
import io.cadastre.node.tree.TreeUnfit;
import io.cadastre.node.tree.TreeWriter;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * A node that stops serving: the registry's rows leave /etc/subuid and /etc/subgid, then the map
 * and the state are removed. Local rows stay byte for byte, and those that a sync took over into
 * the block come back. The state goes last, since it says which rows are the registry's: a run that
 * was killed is completed by the next one.
 *
 * @param restored /etc/subuid and /etc/subgid without the registry's rows, and the file of removed
 *     lines; only those that change
 * @param deleted the files to remove, in this order
 * @param kept the lines in the file of removed lines, which stays if it has any
 */
public record Departure(List<Replacement> restored, List<Path> deleted, List<String> kept) {
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(15);

  /** Copies the lists. */
  public Departure {
    restored = List.copyOf(restored);
    deleted = List.copyOf(deleted);
    kept = List.copyOf(kept);
  }

  /**
   * Plans it and does it.
   *
   * @param dryRun whether to write nothing
   * @throws NodeFailure if libsubid asks the plugin, or a file cannot be read or replaced
   */
  @SuppressWarnings("try") // the lock is held for its scope
  public static Departure run(NodeTree tree, NodeSettings settings, boolean dryRun)
      throws IOException, NodeFailure {
    if (PluginSwitch.isOn(tree)) {
      throw new TreeUnfit(
          ExitStatus.CONFIGURATION,
          "/etc/nsswitch.conf says \"subid: cadastre\", and without the map every look-up fails, so"
              + " nothing was changed; run \"cadastre-node plugin off\" first");
    }
    if (dryRun) {
      return plan(tree, settings);
    }
    try (EtcLock lock = EtcLock.acquire(tree, LOCK_PATIENCE)) {
      Departure departure = plan(tree, settings);
      departure.perform(tree);
      return departure;
    }
  }

  private static Departure plan(NodeTree tree, NodeSettings settings)
      throws IOException, NodeFailure {
    NodeState nodeState = NodeState.read(tree);
    Snapshot last =
        nodeState.lastGood().orElseGet(() -> Snapshot.of(new UUID(0, 0), 0, "", List.of()));
    SyncOptions options =
        new SyncOptions(settings, Acceptances.NONE, Acceptances.NONE, false, false);
    LocalFiles local = LocalFiles.of(nodeState, last, options);
    List<Replacement> restored = new ArrayList<>(local.keep(nodeState));
    List<Path> deleted = new ArrayList<>();
    for (IdType type : IdType.values()) {
      byte[] bytes = TakenRows.of(nodeState).giveBack(type, local.of(type).localLines());
      Path path = tree.file(type);
      if (bytes.length == 0 && tree.stat(tree.created(type)).isPresent()) {
        addIfThere(tree, path, deleted);
      } else if (nodeState.file(type).isPresent()) {
        Replacement file = Replacement.keeping(path, nodeState.file(type), bytes, tree.stat(path));
        if (!Arrays.equals(file.before(), bytes)) {
          restored.add(file);
        }
      }
    }
    List<String> kept = keptLines(nodeState, local);
    for (Path path : own(tree, settings)) {
      if (kept.isEmpty() || !path.equals(tree.removed())) {
        addIfThere(tree, path, deleted);
      }
    }
    return new Departure(restored, deleted, kept);
  }

  private static List<String> keptLines(NodeState nodeState, LocalFiles local) {
    return local.keep(nodeState).stream()
        .map(Replacement::after)
        .findFirst()
        .or(() -> nodeState.removed().map(file -> file.bytes()))
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8).lines().toList())
        .orElse(List.of());
  }

  /** All files of this program, those that a killed run may have left included, in this order. */
  private static List<Path> own(NodeTree tree, NodeSettings settings) {
    List<Path> files = new ArrayList<>();
    settings
        .monitoring()
        .metrics()
        .ifPresent(file -> files.add(tree.root().resolve(Path.of("/").relativize(file))));
    files.addAll(
        List.of(
            tree.map(),
            tree.formerNsswitch(),
            tree.heads(),
            tree.reported(),
            tree.confirmed(),
            tree.removed(),
            tree.created(IdType.SUBUID),
            tree.created(IdType.SUBGID),
            tree.next(),
            tree.served(),
            tree.state(),
            tree.snapshot(),
            tree.taken())); // after the state, by which a row that was given back looks like the
    // registry's
    List<Path> staged = new ArrayList<>();
    for (Path file : files) {
      staged.add(TreeWriter.staged(file));
    }
    for (Path file : List.of(tree.file(IdType.SUBUID), tree.file(IdType.SUBGID), tree.nsswitch())) {
      staged.add(TreeWriter.staged(file));
    }
    staged.addAll(files);
    return staged;
  }

  private static void addIfThere(NodeTree tree, Path path, List<Path> all)
      throws IOException, TreeUnfit {
    if (new TreeFileReader(tree).has(path)) {
      all.add(path);
    }
  }

  private void perform(NodeTree tree) throws IOException, TreeUnfit {
    TreeWriter.write(tree, restored);
    for (Path path : deleted) {
      TreeRemoval.remove(tree, path);
    }
    TreeRemoval.removeIfEmpty(tree, tree.stateDirectory());
  }

  /** Whether there was nothing to do. */
  public boolean isEmpty() {
    return restored.isEmpty() && deleted.isEmpty();
  }
}
