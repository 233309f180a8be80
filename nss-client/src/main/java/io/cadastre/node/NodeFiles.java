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
import io.cadastre.node.tree.TreeFileReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the configuration files of a node's tree. */
final class NodeFiles {
  private NodeFiles() {}

  /** Reads node.conf; the defaults if there is none. */
  static NodeSettings settings(NodeTree tree) throws IOException, NodeFailure {
    Path path = tree.settings();
    Optional<byte[]> bytes = new TreeFileReader(tree).readLinked(path);
    return bytes.isEmpty()
        ? NodeSettings.DEFAULT
        : SettingsFile.settings(path.toString(), new String(bytes.get(), StandardCharsets.UTF_8));
  }

  /** Reads all files of accept.d, except hidden ones, which editors leave. */
  static Acceptances acceptances(NodeTree tree) throws IOException, NodeFailure {
    Acceptances all = Acceptances.NONE;
    for (String name : new TreeFileReader(tree).names(tree.acceptances())) {
      if (name.startsWith(".")) {
        continue;
      }
      Path path = tree.acceptances().resolve(name);
      String text =
          new String(
              new TreeFileReader(tree).readLinked(path).orElseGet(() -> new byte[0]),
              StandardCharsets.UTF_8);
      all = all.and(SettingsFile.acceptances(path.toString(), text));
    }
    return all;
  }
}
