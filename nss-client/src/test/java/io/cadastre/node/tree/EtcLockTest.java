/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.node.failure.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The locks that useradd and usermod take too. */
final class EtcLockTest {
  private static final Duration SHORT = Duration.ofMillis(150);
  @TempDir Path root;
  private Path etc;
  private NodeTree tree;

  @BeforeEach
  void setUp() throws IOException {
    etc = Files.createDirectory(root.resolve("etc"));
    tree = new NodeTree(root);
  }

  @Test
  void locksBothFilesWithItsPidAndLeavesNothing() throws Exception {
    try (EtcLock lock = EtcLock.acquire(tree, SHORT)) {
      assertThat(lock).isNotNull();
      // With a NUL at the end, as shadow writes it.
      assertThat(Files.readString(etc.resolve("subuid.lock")))
          .isEqualTo(ProcessHandle.current().pid() + "\0");
      assertThat(etc.resolve("subgid.lock")).exists();
    }
    assertThat(names()).containsExactly(".pwd.lock");
  }

  @Test
  void givesUpOnALockWhoseProcessLives() throws Exception {
    Files.writeString(etc.resolve("subgid.lock"), ProcessHandle.current().pid() + "\0");
    assertThatThrownBy(() -> EtcLock.acquire(tree, SHORT))
        .isInstanceOf(TreeUnfit.class)
        .hasMessageContaining("subgid.lock is held by process " + ProcessHandle.current().pid())
        .extracting(e -> ((TreeUnfit) e).exitStatus())
        .isEqualTo(ExitStatus.TRY_AGAIN);
    assertThat(names()).containsExactly(".pwd.lock", "subgid.lock");
  }

  @Test
  void takesOverALockWhoseProcessIsGone() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Files.writeString(etc.resolve("subuid.lock"), gone.pid() + "\0");
    try (EtcLock lock = EtcLock.acquire(tree, SHORT)) {
      assertThat(lock).isNotNull();
    }
    assertThat(names()).containsExactly(".pwd.lock");
  }

  @Test
  void doesNotBreakALockWithoutAPid() throws Exception {
    Files.createFile(etc.resolve("subuid.lock"));
    assertThatThrownBy(() -> EtcLock.acquire(tree, SHORT)).isInstanceOf(TreeUnfit.class);
    assertThat(etc.resolve("subuid.lock")).exists();
  }

  @Test
  void waitsForThePasswordLock() throws Exception {
    try (PasswdLock held = PasswdLock.acquire(tree, SHORT)) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> EtcLock.acquire(tree, SHORT))
          .isInstanceOf(TreeUnfit.class)
          .hasMessageContaining(".pwd.lock is held by another program");
    }
    EtcLock.acquire(tree, SHORT).close();
  }

  @Test
  void failsWhereItCannotLock() throws Exception {
    Files.createDirectory(etc.resolve(".pwd.lock"));
    assertThatThrownBy(() -> EtcLock.acquire(tree, SHORT))
        .isInstanceOf(TreeUnfit.class)
        .extracting(e -> ((TreeUnfit) e).exitStatus())
        .isEqualTo(ExitStatus.CANNOT_CREATE);
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(etc)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList().stream();
    }
  }
}
