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
 * A lock of one file as shadow takes it: a temporary file holding the pid is hard-linked to {@code
 * FILE.lock}. A lock whose process is gone is taken over. Held until closed. {@link EtcLock} takes
 * it under {@link PasswdLock}, so that two of this program never meet here.
 */
final class ShadowLock implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** A pid and its closing NUL; what is longer is none of shadow's. */
  private static final int MOST = 32;

  private final TreePlace place;
  private final Path lock;

  private ShadowLock(TreePlace place, Path lock) {
    this.place = place;
    this.lock = lock;
  }

  /**
   * Takes the lock of a file.
   *
   * @param type of /etc/subuid or /etc/subgid
   * @param patience how long to try; shadow itself gives up after 15 s
   * @throws TreeUnfit if it stays taken, or no lock can be made there
   */
  static ShadowLock of(NodeTree tree, IdType type, Duration patience)
      throws IOException, TreeUnfit {
    Path lock = tree.etc().resolve(type.word() + ".lock");
    TreePlace place = tree.place(lock, false);
    ShadowLock taken = new ShadowLock(place, lock);
    try {
      // One name for every process: what a killed one left is replaced, not left lying in /etc.
      taken.take(place.beside("." + type.word() + ".cadastre-lock"), patience);
      return taken;
    } catch (InterruptedException e) {
      place.close();
      Thread.currentThread().interrupt();
      throw new TreeUnfit(ExitStatus.TRY_AGAIN, "waiting for " + lock + " was interrupted");
    } catch (IOException | TreeUnfit e) {
      place.close();
      throw e;
    }
  }

  private void take(Path own, Duration patience)
      throws IOException, TreeUnfit, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      write(own, ProcessHandle.current().pid());
      while (!link(own)) {
        if (System.nanoTime() >= deadline) {
          throw new TreeUnfit(
              ExitStatus.TRY_AGAIN,
              "%s is held by %s; try again, or remove it if that is none of shadow's programs"
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
      // With its closing NUL, as shadow writes it.
      ByteBuffer text = ByteBuffer.wrap((pid + "\0").getBytes(StandardCharsets.US_ASCII));
      while (text.hasRemaining()) {
        out.write(text);
      }
      out.force(false); // a lock that is empty after a power cut is one that shadow never breaks
    }
  }

  private boolean link(Path own) throws IOException, TreeUnfit {
    if (created(own)) {
      return true;
    }
    return isStale() && Files.deleteIfExists(place.path()) && created(own);
  }

  private boolean created(Path own) throws IOException {
    try {
      Files.createLink(place.path(), own);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** As shadow judges it: a pid that is no process's. A lock without a pid is nobody's to break. */
  private boolean isStale() throws IOException, TreeUnfit {
    return holder().filter(pid -> ProcessHandle.of(pid).isEmpty()).isPresent();
  }

  /** The pid in the lock; whatever else a file of that name holds is not for an error to quote. */
  private Optional<Long> holder() throws IOException, TreeUnfit {
    return Deadline.within(Deadline.USUAL, lock, () -> BoundedFile.at(place, lock).first(MOST))
        .map(content -> new String(content.bytes(), StandardCharsets.ISO_8859_1))
        .map(text -> text.replaceAll("\0.*", "").strip())
        .filter(text -> text.matches("[1-9][0-9]{0,9}"))
        .map(Long::parseLong);
  }

  @Override
  public void close() throws IOException {
    try (place) {
      Files.deleteIfExists(place.path());
    }
  }
}
