/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.tree;

import cadastre.node.failure.ExitStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A lock of one file as shadow takes it: a temporary file holding the pid is hard-linked to {@code
 * FILE.lock}. A lock whose process is gone is taken over. Held until closed. {@link EtcLock} takes
 * it under {@link PasswdLock}, so that two of this program never meet here.
 */
final class ShadowLock implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(100);
  private final Path lock;

  private ShadowLock(Path lock) {
    this.lock = lock;
  }

  /**
   * Takes the lock of a file.
   *
   * @param file /etc/subuid or /etc/subgid
   * @param patience how long to try; shadow itself gives up after 15 s
   * @throws TreeUnfit if it stays taken, or no lock can be made there
   */
  static ShadowLock of(Path file, Duration patience) throws IOException, TreeUnfit {
    Path lock = file.resolveSibling(file.getFileName() + ".lock");
    long pid = ProcessHandle.current().pid();
    // One name for every process: what a killed one left is replaced, not left lying in /etc.
    Path own = file.resolveSibling("." + file.getFileName() + ".cadastre-lock");
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      write(own, pid);
      while (!link(own, lock)) {
        if (System.nanoTime() >= deadline) {
          throw new TreeUnfit(
              ExitStatus.TRY_AGAIN,
              "%s is held by %s; try again, or remove it if that is none of shadow's programs"
                  .formatted(lock, holder(lock)));
        }
        Thread.sleep(PAUSE.toMillis());
      }
      return new ShadowLock(lock);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TreeUnfit(ExitStatus.TRY_AGAIN, "waiting for " + lock + " was interrupted");
    } finally {
      Files.deleteIfExists(own);
    }
  }

  private static void write(Path own, long pid) throws IOException, TreeUnfit {
    Files.deleteIfExists(own);
    try (FileChannel out = TreeWriter.create(own)) {
      // With its closing NUL, as shadow writes it.
      ByteBuffer text = ByteBuffer.wrap((pid + "\0").getBytes(StandardCharsets.US_ASCII));
      while (text.hasRemaining()) {
        out.write(text);
      }
      out.force(false); // a lock that is empty after a power cut is one that shadow never breaks
    }
  }

  private static boolean link(Path own, Path lock) throws IOException {
    if (created(own, lock)) {
      return true;
    }
    return isStale(lock) && Files.deleteIfExists(lock) && created(own, lock);
  }

  private static boolean created(Path own, Path lock) throws IOException {
    try {
      Files.createLink(lock, own);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** As shadow judges it: a pid that is no process's. A lock without a pid is nobody's to break. */
  private static boolean isStale(Path lock) throws IOException {
    String pid = holder(lock);
    return pid.matches("[1-9][0-9]{0,9}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty();
  }

  private static String holder(Path lock) throws IOException {
    try {
      return Files.readString(lock, StandardCharsets.ISO_8859_1).replaceAll("\0.*", "").strip();
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(lock);
  }
}
