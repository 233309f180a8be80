/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.guard.Acceptances;
import io.cadastre.node.settings.NodeSettings;
import io.cadastre.node.settings.SettingsFile;
import io.cadastre.node.tree.NodeTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** What lies in a node's tree for every command. */
final class NodeFiles {
  private NodeFiles() {}

  /** What a tree's node.conf says. */
  static NodeSettings settings(NodeTree tree) throws IOException, NodeFailure {
    Path path = tree.settings();
    Optional<byte[]> bytes = tree.readLinked(path);
    return bytes.isEmpty()
        ? NodeSettings.DEFAULT
        : SettingsFile.settings(path.toString(), new String(bytes.get(), StandardCharsets.UTF_8));
  }

  /** What the files of its accept.d say together; hidden ones are an editor's. */
  static Acceptances acceptances(NodeTree tree) throws IOException, NodeFailure {
    Acceptances all = Acceptances.NONE;
    for (String name : tree.names(tree.acceptances())) {
      if (name.startsWith(".")) {
        continue;
      }
      Path path = tree.acceptances().resolve(name);
      String text =
          new String(tree.readLinked(path).orElseGet(() -> new byte[0]), StandardCharsets.UTF_8);
      all = all.and(SettingsFile.acceptances(path.toString(), text));
    }
    return all;
  }
}
