/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Another process exchanges names in a tree while its files are read and written. */
@Timeout(60)
final class SwappedNamesTest {
  private static final int ROUNDS = Integer.getInteger("cadastre.soak.node.swaps", 150);

  @TempDir Path root;
  @TempDir Path outside;
  private NodeTree tree;

  @BeforeEach
  void setUp() throws Exception {
    Files.createDirectories(root.resolve("etc/conf"));
    Files.writeString(root.resolve("etc/conf/file"), "ours");
    Files.createDirectory(root.resolve("etc/other"));
    Files.writeString(root.resolve("etc/other/file"), "ours");
    Files.writeString(outside.resolve("file"), "secret");
    tree = NodeTree.open(root);
  }

  /** Renames each of these to the same name in turn, until the work is done. */
  private void whileSwapping(Path name, List<Path> others, Attempt work) throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    Thread swapping =
        new Thread(
            () -> {
              while (!done.get()) {
                for (Path other : others) {
                  Path away = name.resolveSibling("away");
                  try {
                    Files.move(name, away, StandardCopyOption.ATOMIC_MOVE);
                    Files.move(other, name, StandardCopyOption.ATOMIC_MOVE);
                    Thread.onSpinWait();
                    Files.move(name, other, StandardCopyOption.ATOMIC_MOVE);
                    Files.move(away, name, StandardCopyOption.ATOMIC_MOVE);
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                }
              }
            });
    swapping.start();
    try {
      for (int i = 0; i < ROUNDS; i++) {
        work.run();
      }
    } finally {
      done.set(true);
      swapping.join();
    }
  }

  private interface Attempt {
    void run() throws Exception;
  }

  private Optional<String> read(String name) {
    try {
      return new TreeFileReader(tree)
          .readLinked(root.resolve(name))
          .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException | TreeUnfit e) {
      return Optional.empty(); // refused
    }
  }

  @Test
  void aFolderExchangedForALinkDoesNotLeadOut() throws Exception {
    Path link = Files.createSymbolicLink(root.resolve("etc/link"), outside);
    int[] read = new int[1];
    whileSwapping(
        root.resolve("etc/conf"),
        List.of(link, root.resolve("etc/other")),
        () -> {
          Optional<String> text = read("etc/conf/file");
          read[0] += text.isPresent() ? 1 : 0;
          assertThat(text.orElse("ours")).isEqualTo("ours");
        });
    assertThat(read[0]).isPositive();
  }

  @Test
  void aFileExchangedForADeviceOrALinkIsNotRead() throws Exception {
    // Only a folder that others than root may write to is checked for exchanged names.
    Files.setPosixFilePermissions(
        root.resolve("etc/conf"), PosixFilePermissions.fromString("rwxrwxrwx"));
    Path device = root.resolve("etc/conf/device");
    Process mknod = new ProcessBuilder("mknod", device.toString(), "c", "1", "5").start();
    assumeTrue(mknod.waitFor() == 0, "needs to make a device");
    Path link = Files.createSymbolicLink(root.resolve("etc/conf/l"), outside.resolve("file"));
    whileSwapping(
        root.resolve("etc/conf/file"),
        List.of(device, link),
        () -> assertThat(read("etc/conf/file").orElse("ours")).isEqualTo("ours"));
  }

  @Test
  void nothingIsWrittenOutside() throws Exception {
    Path link = Files.createSymbolicLink(root.resolve("etc/link"), outside);
    byte[] bytes = "new".getBytes(StandardCharsets.UTF_8);
    List<Replacement> replacements =
        List.of(new Replacement(root.resolve("etc/conf/file"), Optional.empty(), bytes));
    whileSwapping(
        root.resolve("etc/conf"),
        List.of(link),
        () -> {
          try {
            TreeWriter.write(tree, replacements);
          } catch (IOException | TreeUnfit e) {
            assertThat(outside.resolve("file")).hasContent("secret");
          }
        });
    assertThat(outside.resolve("file")).hasContent("secret");
    assertThat(outside.toFile().list()).containsExactly("file");
    assertThat(root.resolve("etc/conf/file")).hasContent("new");
  }

  @Test
  void blockedWorkIsGivenUp() throws Exception {
    Path fifo = root.resolve("etc/fifo");
    assumeTrue(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0);
    assertThatThrownBy(
            () -> Deadline.run(Duration.ofMillis(200), fifo, () -> Files.readString(fifo)))
        .isInstanceOf(TreeUnfit.class)
        .hasMessageContaining("could not be read within 200 ms");
    try (var writer = new java.io.RandomAccessFile(fifo.toFile(), "rw")) {
      assertThat(writer).isNotNull(); // ends the thread that was left behind
    }
  }

  @Test
  void resolvedPathsOfOneFolderCloseIndependently() throws Exception {
    try (ResolvedPath second = tree.resolve(root.resolve("etc/conf/b"), false)) {
      try (ResolvedPath first = tree.resolve(root.resolve("etc/conf/a"), false)) {
        Files.writeString(first.path(), "a");
      }
      Files.writeString(second.path(), "b");
    }
    assertThat(root.resolve("etc/conf/b")).hasContent("b");
    try (ResolvedPath first = tree.resolve(root.resolve("etc/conf/a"), false)) {
      try (ResolvedPath second = tree.resolve(root.resolve("etc/conf/b"), false)) {
        assertThat(second.path()).hasContent("b");
      }
      assertThat(first.path()).hasContent("a");
    }
  }
}
