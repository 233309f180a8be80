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
}
