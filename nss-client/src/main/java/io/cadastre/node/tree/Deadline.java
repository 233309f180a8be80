/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import io.cadastre.node.failure.ExitStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Limits the time of what may block for ever: Java cannot open a file with O_NONBLOCK, and between
 * a look at a name and its opening a FIFO may take the place of a file. What does not end is left
 * behind in a daemon thread, which ends with the process.
 */
final class Deadline {
  /** For one file; a network file system may take seconds. */
  static final Duration USUAL = Duration.ofSeconds(10);

  private Deadline() {}

  /** Work on files. */
  interface Work<T> {
    /** Does it. */
    T run() throws IOException, TreeUnfit;
  }

  /**
   * Does the work, or gives it up.
   *
   * @param limit how long it may take
   * @param path for the message
   * @throws TreeUnfit if it takes longer
   */
  static <T> T within(Duration limit, Path path, Work<T> work) throws IOException, TreeUnfit {
    FutureTask<T> task = new FutureTask<>(work::run);
    Thread thread = new Thread(task, "file");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new TreeUnfit(
          ExitStatus.IO_ERROR,
          "%s could not be read within %d ms; is its file system there, and is it a plain file?"
              .formatted(path, limit.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TreeUnfit(ExitStatus.TRY_AGAIN, "reading " + path + " was interrupted");
    } catch (ExecutionException e) {
      throw thrown(e);
    }
  }

  /** What the work threw, as if it had run in this thread. */
  private static IllegalStateException thrown(ExecutionException e) throws IOException, TreeUnfit {
    Throwable cause = e.getCause();
    if (cause instanceof IOException io) {
      throw io;
    }
    if (cause instanceof TreeUnfit unfit) {
      throw unfit;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("work on a file failed", cause);
  }
}
