/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.tree.NodeTree;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostInspectorTest {
  @TempDir Path folder;

  /** A storage.conf can name such a path: {@code graphroot = "/a\\u0000b"}. */
  @Test
  void aPathWithANulDoesNotExist() throws Exception {
    Files.createDirectory(folder.resolve("etc"));
    assertThat(new HostInspector(NodeTree.open(folder)).exists("/a\0b")).isFalse();
  }
}
