/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.rehearsal;

import io.cadastre.node.settings.NodeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A folder with the files of a node that a sync reads, below the folder for temporary files. It is
 * removed at the end.
 *
 * @param root its path, without symbolic links
 */
public record RehearsalTree(Path root) implements AutoCloseable {
  private static final String CERTIFICATE = "etc/cadastre/ca.pem";

  /** Creates the tree. */
  public static RehearsalTree create() throws IOException {
    RehearsalTree tree =
        new RehearsalTree(Files.createTempDirectory("cadastre-node-rehearsal").toRealPath());
    Files.createDirectories(tree.root.resolve("etc/cadastre"));
    for (String name : List.of("subuid", "subgid", "group")) {
      Files.writeString(tree.root.resolve("etc").resolve(name), "");
    }
    Files.writeString(tree.root.resolve("etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n");
    return tree;
  }

  /** Writes the settings of a node that asks this service and serves in this mode. */
  public void configure(String url, NodeSettings.Mode mode) throws IOException {
    Files.writeString(
        root.resolve("etc/nsswitch.conf"),
        mode == NodeSettings.Mode.PLUGIN ? "passwd: files\nsubid: cadastre\n" : "passwd: files\n");
    String trust = Files.exists(certificate()) ? "ca-file = /" + CERTIFICATE + "\n" : "";
    Files.writeString(
        root.resolve("etc/cadastre/node.conf"),
        """
        url = %s
        mode = %s
        %spatience = 5
        metrics = /var/lib/cadastre/rehearsal.prom
        report = yes
        node-name = rehearsal
        """
            .formatted(url, mode.name().toLowerCase(Locale.ROOT), trust));
  }

  /** The certificate that the node trusts, in PEM. */
  Path certificate() {
    return root.resolve(CERTIFICATE);
  }

  /** Removes the tree. */
  @Override
  public void close() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
