/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.tree.NodeTree;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that every command has. */
final class NodeOptions {
  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "The file tree to work on; default: ${DEFAULT-VALUE}")
  private Path root = Path.of("/");

  /** Opens the tree. */
  NodeTree tree() throws IOException, NodeFailure {
    return NodeTree.open(root);
  }
}
