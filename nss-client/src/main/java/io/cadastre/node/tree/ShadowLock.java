/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import io.cadastre.node.failure.ExitStatus;
import io.cadastre.subid.IdType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The lock of one file, as shadow takes it: a temporary file with the pid is hard-linked to {@code
 * FILE.lock}. A lock whose process has ended is taken over. {@link EtcLock} acquires it under
 * {@link PasswdLock}, so that two processes of this program never compete here.
 */
final class ShadowLock implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** The length of a pid with its NUL; shadow writes no longer lock. */
  private static final int MAX_BYTES = 32;

  private final ResolvedPath resolved;
  private final Path lock;

  private ShadowLock(ResolvedPath resolved, Path lock) {
    this.resolved = resolved;
    this.lock = lock;
  }

  /**
   * Acquires the lock of a file.
   *
   * @param type of /etc/subuid or /etc/subgid
   * @param patience how long to try; shadow itself gives up after 15 s
   * @throws TreeUnfit if another process keeps it, or if no lock can be created
   */
  static ShadowLock acquire(NodeTree tree, IdType type, Duration patience)
      throws IOException, TreeUnfit {
    Path lock = tree.etc().resolve(type.word() + ".lock");
    ResolvedPath resolved = tree.resolve(lock, false);
    ShadowLock acquired = new ShadowLock(resolved, lock);
    try {
      // One fixed name: the next process replaces the file that a killed one left in /etc.
      acquired.take(resolved.sibling("." + type.word() + ".cadastre-lock"), patience);
      return acquired;
    } catch (InterruptedException e) {
      resolved.close();
      Thread.currentThread().interrupt();
      throw new TreeUnfit(ExitStatus.TRY_AGAIN, "waiting for " + lock + " was interrupted");
    } catch (IOException | TreeUnfit e) {
      resolved.close();
      throw e;
    }
  }

  private void take(Path own, Duration patience)
      throws IOException, TreeUnfit, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      write(own, ProcessHandle.current().pid());
      while (!tryLink(own)) {
        if (System.nanoTime() >= deadline) {
          throw new TreeUnfit(
              ExitStatus.TRY_AGAIN,
              "%s is held by %s; try again, or remove it if no program of shadow is running"
                  .formatted(
                      lock, holder().map(pid -> "process " + pid).orElse("a file without a pid")));
        }
        Thread.sleep(PAUSE.toMillis());
      }
    } finally {
      Files.deleteIfExists(own);
    }
  }

  private void write(Path own, long pid) throws IOException, TreeUnfit {
    Files.deleteIfExists(own);
    try (FileChannel out = TreeWriter.create(own, lock)) {
      // With a NUL at the end, as shadow writes it.
      ByteBuffer text = ByteBuffer.wrap((pid + "\0").getBytes(StandardCharsets.US_ASCII));
      while (text.hasRemaining()) {
        out.write(text);
      }
      out.force(false); // shadow never breaks a lock that is empty, as after a power cut
    }
  }

  private boolean tryLink(Path own) throws IOException, TreeUnfit {
    if (link(own)) {
      return true;
    }
    return isStale() && Files.deleteIfExists(resolved.path()) && link(own);
  }

  private boolean link(Path own) throws IOException {
    try {
      Files.createLink(resolved.path(), own);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /**
   * Whether its pid belongs to no process, as shadow judges it. A lock without a pid is never
   * broken.
   */
  private boolean isStale() throws IOException, TreeUnfit {
    return holder().filter(pid -> ProcessHandle.of(pid).isEmpty()).isPresent();
  }

  /** The pid in the lock. Other content of the file is never quoted in an error. */
  private Optional<Long> holder() throws IOException, TreeUnfit {
    return Deadline.run(lock, () -> BoundedFile.resolve(resolved, lock).readFirst(MAX_BYTES))
        .map(content -> new String(content.bytes(), StandardCharsets.ISO_8859_1))
        .map(text -> text.replaceAll("\0.*", "").strip())
        .filter(text -> text.matches("[1-9][0-9]{0,9}"))
        .map(Long::parseLong);
  }

  @Override
  public void close() throws IOException {
    try (resolved) {
      Files.deleteIfExists(resolved.path());
    }
  }
}
