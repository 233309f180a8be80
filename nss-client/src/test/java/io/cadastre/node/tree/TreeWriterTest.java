/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files after a write that failed. */
final class TreeWriterTest {
  @TempDir Path dir;

  @Test
  void changesNothingIfOneFileCannotBeStaged() throws Exception {
    Files.writeString(dir.resolve("a"), "old");
    List<Replacement> replacements =
        List.of(replacement("a", "new"), replacement("missing/b", "new"));
    assertThatThrownBy(() -> TreeWriter.write(new NodeTree(dir), replacements))
        .isInstanceOf(TreeUnfit.class);
    assertThat(dir.resolve("a")).hasContent("old");
    assertThat(names()).containsExactly("a");
  }

  @Test
  void replacesNoFileIfOneCannotBeReplaced() throws Exception {
    Files.writeString(dir.resolve("a"), "old");
    Object before = Files.getAttribute(dir.resolve("a"), "unix:ino");
    Files.createDirectory(dir.resolve("b")); // a file does not replace a folder
    List<Replacement> replacements =
        List.of(replacement("a", "new"), replacement("b", "new"), replacement("c", "new"));
    assertThatThrownBy(() -> TreeWriter.write(new NodeTree(dir), replacements))
        .isInstanceOf(TreeUnfit.class)
        .hasMessageContainingAll("/b cannot be replaced", "so no file was", "findmnt");
    assertThat(Files.getAttribute(dir.resolve("a"), "unix:ino")).isEqualTo(before);
    assertThat(names()).containsExactly("a", "b");
  }

  @Test
  void writesANewFileInsteadOfOverwritingTheOldOne() throws Exception {
    Files.writeString(dir.resolve("a"), "old");
    Object before = Files.getAttribute(dir.resolve("a"), "unix:ino");
    Files.createLink(dir.resolve("hard"), dir.resolve("a"));
    TreeWriter.write(new NodeTree(dir), List.of(replacement("a", "new")));
    assertThat(Files.getAttribute(dir.resolve("a"), "unix:ino")).isNotEqualTo(before);
    assertThat(dir.resolve("hard")).hasContent("old");
  }

  private Replacement replacement(String name, String text) {
    return new Replacement(
        dir.resolve(name), Optional.empty(), text.getBytes(StandardCharsets.UTF_8));
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList().stream();
    }
  }
}
