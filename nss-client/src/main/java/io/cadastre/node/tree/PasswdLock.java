/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import io.cadastre.node.failure.ExitStatus;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;

/**
 * The lock of lckpwdf(3): a record lock on all of /etc/.pwd.lock. The kernel releases it when the
 * process ends.
 */
final class PasswdLock implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(20);
  private final FileChannel channel;

  private PasswdLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Acquires the lock of a tree.
   *
   * @param patience how long to try
   * @throws TreeUnfit if another process keeps it
   */
  static PasswdLock acquire(NodeTree tree, Duration patience) throws IOException, TreeUnfit {
    Path path = tree.etc().resolve(".pwd.lock");
    FileChannel channel = Deadline.run(path, () -> open(tree, path));
    try {
      long deadline = System.nanoTime() + patience.toNanos();
      while (!tryLock(channel)) {
        if (System.nanoTime() >= deadline) {
          throw new TreeUnfit(
              ExitStatus.TRY_AGAIN, path + " is held by another program; try again");
        }
        Thread.sleep(PAUSE.toMillis());
      }
      return new PasswdLock(channel);
    } catch (InterruptedException e) {
      channel.close();
      Thread.currentThread().interrupt();
      throw new TreeUnfit(ExitStatus.TRY_AGAIN, "waiting for " + path + " was interrupted");
    } catch (IOException | TreeUnfit e) {
      channel.close();
      throw e;
    }
  }

  /** Opens the file for reading too, since a FIFO opened for both does not block; see fifo(7). */
  private static FileChannel open(NodeTree tree, Path path) throws IOException, TreeUnfit {
    try (ResolvedPath resolved = tree.resolve(path, false)) {
      BoundedFile.resolve(resolved, path).requirePlainOrNone();
      return FileChannel.open(
          resolved.path(),
          Set.of(
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (IOException e) {
      throw new TreeUnfit(ExitStatus.CANNOT_CREATE, "%s cannot be locked: %s".formatted(path, e));
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // another thread of this process holds it
    }
  }

  @Override
  public void close() throws IOException {
    channel.close(); // this releases the lock
  }
}
