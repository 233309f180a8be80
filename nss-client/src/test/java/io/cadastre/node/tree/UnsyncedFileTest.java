/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.node.ScratchNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file in a folder that another user may write to. */
final class UnsyncedFileTest {
  private ScratchNode node;
  private UnsyncedFile file;

  @BeforeEach
  void setUp(@TempDir Path root) throws Exception {
    node = new ScratchNode(root);
    node.write("victim", "untouched");
    Files.createDirectories(node.path("metrics"));
    file = new UnsyncedFile(NodeTree.open(root), node.path("metrics").resolve("a.prom"));
  }

  private void replace(String text) throws IOException, TreeUnfit {
    file.replace(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void linksAreReplacedAndNotFollowed() throws Exception {
    for (String name : new String[] {"a.prom", ".a.prom.cadastre-new"}) {
      Files.createSymbolicLink(node.path("metrics/" + name), node.path("victim"));
    }
    replace("new\n");
    assertThat(node.read("victim")).isEqualTo("untouched");
    assertThat(node.read("metrics/a.prom")).isEqualTo("new\n");
    assertThat(node.path("metrics/a.prom")).isRegularFile();
    assertThat(node.path("metrics").toFile().list()).containsExactly("a.prom");
  }

  @Test
  void aFileThatAKilledRunLeftIsReplaced() throws Exception {
    node.write("metrics/.a.prom.cadastre-new", "half a li");
    replace("new\n");
    assertThat(node.read("metrics/a.prom")).isEqualTo("new\n");
  }

  @Test
  void withoutItsFolderItIsNotWritten() throws Exception {
    Files.delete(node.path("metrics"));
    assertThatThrownBy(() -> replace("new\n")).isInstanceOf(NoSuchFileException.class);
  }
}
