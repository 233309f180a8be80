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

/** Reads the configuration files of a node's tree, and its name. */
final class NodeFiles {
  private static final Path KERNEL_HOST_NAME = Path.of("/proc/sys/kernel/hostname");
  private static final String HOST_NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,252}";
  private static final int LONGEST = 300;

  private NodeFiles() {}

  /**
   * The host name of the running system, or that of hostname(5) in another tree. {@code unknown} if
   * there is none, or if it is no name that can stand in a line.
   */
  static String hostName(NodeTree tree) throws IOException, NodeFailure {
    Path file = tree.live() ? KERNEL_HOST_NAME : tree.etc().resolve("hostname");
    return new TreeFileReader(tree)
        .readLinked(file, LONGEST)
        .map(bytes -> new String(bytes, StandardCharsets.US_ASCII).strip())
        .filter(name -> name.matches(HOST_NAME))
        .orElse("unknown");
  }

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
              new TreeFileReader(tree).readLinked(path).orElse(new byte[0]),
              StandardCharsets.UTF_8);
      all = all.and(SettingsFile.acceptances(path.toString(), text));
    }
    return all;
  }
}
