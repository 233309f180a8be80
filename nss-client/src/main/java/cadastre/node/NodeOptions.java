/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node;

import cadastre.node.failure.NodeFailure;
import cadastre.node.guard.Acceptances;
import cadastre.node.settings.Settings;
import cadastre.node.settings.SettingsFile;
import cadastre.node.tree.NodeTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options that every command has, and what lies where they point. */
final class NodeOptions {
  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "The file tree to work on; default: ${DEFAULT-VALUE}")
  private Path root = Path.of("/");

  /** The tree that is worked on. */
  NodeTree tree() throws IOException, NodeFailure {
    return NodeTree.at(root);
  }

  /** What its node.conf says. */
  Settings settings(NodeTree tree) throws IOException, NodeFailure {
    Path path = tree.settings();
    Optional<byte[]> bytes = tree.readLinked(path);
    return bytes.isEmpty()
        ? Settings.DEFAULT
        : SettingsFile.settings(path.toString(), new String(bytes.get(), StandardCharsets.UTF_8));
  }

  /** What the files of its accept.d say together. */
  Acceptances acceptances(NodeTree tree) throws IOException, NodeFailure {
    Acceptances all = new Acceptances(Set.of());
    for (Path path : tree.acceptances()) {
      String text =
          new String(tree.readLinked(path).orElseGet(() -> new byte[0]), StandardCharsets.UTF_8);
      all = all.and(SettingsFile.acceptances(path.toString(), text));
    }
    return all;
  }
}
