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

/** The lock of lckpwdf(3), a record lock on all of /etc/.pwd.lock; it ends with its process. */
final class PasswdLock implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(20);
  private final FileChannel channel;

  private PasswdLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock of a tree, within {@code patience}. */
  static PasswdLock of(NodeTree tree, Duration patience) throws IOException, TreeUnfit {
    Path path = tree.etc().resolve(".pwd.lock");
    FileChannel channel = Deadline.within(Deadline.USUAL, path, () -> open(tree, path));
    try {
      long deadline = System.nanoTime() + patience.toNanos();
      while (!taken(channel)) {
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

  /** Opened for reading as well, which does not block on a FIFO; see fifo(7). */
  private static FileChannel open(NodeTree tree, Path path) throws IOException, TreeUnfit {
    try (TreePlace place = tree.place(path, false)) {
      BoundedFile.at(place, path).requirePlainOrNone();
      return FileChannel.open(
          place.path(),
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

  private static boolean taken(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // held by this very process
    }
  }

  @Override
  public void close() throws IOException {
    channel.close(); // which ends the lock
  }
}
