/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cadastre.node.failure.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The locks that useradd and usermod take as well. */
final class EtcLockTest {
  private static final Duration SHORT = Duration.ofMillis(150);
  @TempDir Path etc;

  @Test
  void holdsBothFilesWithItsPidAndLeavesNothing() throws Exception {
    try (EtcLock lock = EtcLock.of(etc, SHORT)) {
      assertThat(lock).isNotNull();
      // With a closing NUL, as shadow writes it.
      assertThat(Files.readString(etc.resolve("subuid.lock")))
          .isEqualTo(ProcessHandle.current().pid() + "\0");
      assertThat(etc.resolve("subgid.lock")).exists();
    }
    assertThat(names()).containsExactly(".pwd.lock");
  }

  @Test
  void givesUpOnALockWhoseProcessLives() throws Exception {
    Files.writeString(etc.resolve("subgid.lock"), ProcessHandle.current().pid() + "\0");
    assertThatThrownBy(() -> EtcLock.of(etc, SHORT))
        .isInstanceOf(TreeUnfit.class)
        .hasMessageContaining("subgid.lock is held by " + ProcessHandle.current().pid())
        .extracting(e -> ((TreeUnfit) e).exitStatus())
        .isEqualTo(ExitStatus.TRY_AGAIN);
    assertThat(names()).containsExactly(".pwd.lock", "subgid.lock");
  }

  @Test
  void takesOverALockWhoseProcessIsGone() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Files.writeString(etc.resolve("subuid.lock"), gone.pid() + "\0");
    try (EtcLock lock = EtcLock.of(etc, SHORT)) {
      assertThat(lock).isNotNull();
    }
    assertThat(names()).containsExactly(".pwd.lock");
  }

  @Test
  void doesNotBreakALockWithoutAPid() throws Exception {
    Files.createFile(etc.resolve("subuid.lock"));
    assertThatThrownBy(() -> EtcLock.of(etc, SHORT)).isInstanceOf(TreeUnfit.class);
    assertThat(etc.resolve("subuid.lock")).exists();
  }

  @Test
  void waitsForThePasswordLock() throws Exception {
    try (PasswdLock held = PasswdLock.of(etc.resolve(".pwd.lock"), SHORT)) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> EtcLock.of(etc, SHORT))
          .isInstanceOf(TreeUnfit.class)
          .hasMessageContaining(".pwd.lock is held by another program");
    }
    EtcLock.of(etc, SHORT).close();
  }

  @Test
  void saysWhereItCannotLock() throws Exception {
    Path file = Files.createFile(etc.resolve("file"));
    assertThatThrownBy(() -> EtcLock.of(file, SHORT))
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
