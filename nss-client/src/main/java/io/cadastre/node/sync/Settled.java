/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.tree.Checksum;
import io.cadastre.node.tree.FileContent;
import io.cadastre.node.tree.FileSum;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.node.tree.TreeFileReader;
import io.cadastre.node.tree.TreeUnfit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A node on which everything is as the last sync left it: if the service has nothing new, there is
 * nothing to do. The files are read piece by piece and nothing is parsed, since this is the usual
 * run of the timer (docs/decisions/0083). Immutable.
 *
 * @param state the state that the last sync left
 * @param holds how many rows of the last good snapshot this node does not serve
 */
record Settled(SyncState state, int holds) {
  private static final String NO_BYTES = new Checksum().add(new byte[0]).hex();

  /**
   * Compares the files of a tree with the state that the last sync left; empty if one of them or a
   * setting has changed, or if the command line asks for more than the timer does.
   *
   * @throws TreeUnfit as {@link NodeState#read} does
   */
  static Optional<Settled> find(NodeTree tree, SyncOptions options) throws IOException, TreeUnfit {
    TreeFileReader reader = new TreeFileReader(tree);
    List<Optional<FileContent>> own =
        reader.readAll(tree.stateDirectory(), false, "state", "served");
    Optional<SyncState> state = own.get(0).isPresent() ? state(own.get(0).get()) : Optional.empty();
    if (state.isEmpty() || options.isSpecial()) {
      return Optional.empty();
    }
    List<Optional<FileSum>> rows = reader.sums(tree.etc(), false, "subuid", "subgid");
    List<Optional<FileSum>> read =
        new ArrayList<>(reader.sums(tree.etc(), true, "passwd", "group", "nsswitch.conf"));
    List<Optional<FileSum>> snapshots =
        reader.sums(tree.stateDirectory(), false, "subid.map", "snapshot", "snapshot.next");
    Optional<FileContent> served = own.get(1);
    read.add(served.isPresent() ? Optional.of(FileSum.of(served.get())) : Optional.empty());
    List<Optional<FileSum>> written =
        List.of(rows.get(0), rows.get(1), snapshots.get(0), snapshots.get(1));
    String inputs = inputs(options.fingerprint(), read, written, snapshots.get(2).isPresent());
    if (!inputs.equals(state.get().inputs())) {
      return Optional.empty();
    }
    int holds = served.isPresent() ? Served.countHeld(text(served.get())) : 0;
    return Optional.of(new Settled(state.get(), holds));
  }

  private static Optional<SyncState> state(FileContent file) {
    return SyncState.decode(text(file));
  }

  private static String text(FileContent file) {
    return new String(file.bytes(), StandardCharsets.UTF_8);
  }

  /**
   * A checksum of everything that the result of a sync depends on, except the answer of the
   * service.
   *
   * @param settings the settings of the node, as text
   * @param read the files whose mode does not matter; none is as good as an empty one
   * @param written the files that serve owners, and the snapshot
   * @param interrupted whether a sync did not end
   */
  static String inputs(
      String settings,
      List<Optional<FileSum>> read,
      List<Optional<FileSum>> written,
      boolean interrupted) {
    Checksum digest = new Checksum().add(settings);
    for (Optional<FileSum> file : read) {
      digest.add(file.isPresent() ? file.get().checksum() : NO_BYTES);
    }
    for (Optional<FileSum> file : written) {
      digest.add(file.isPresent() ? file.get().checksum() : "none");
      digest.add(file.isPresent() && file.get().fit() ? "fit" : "unfit");
    }
    return digest.add(interrupted ? "interrupted" : "whole").hex();
  }
}
