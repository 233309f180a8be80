/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import io.cadastre.node.failure.ExitStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs work on files that may block, for a limited time. Java cannot open a file with O_NONBLOCK,
 * and a FIFO may take the place of a file between the check of a name and its opening. Work that
 * does not end is left in a daemon thread, which ends with the process.
 */
final class Deadline {
  /** The limit for one file: a network file system may take seconds. */
  private static final Duration USUAL = Duration.ofSeconds(10);

  private Deadline() {}

  /** Runs the work with the usual limit, 10 s. */
  static <T> T run(Path path, Work<T> work) throws IOException, TreeUnfit {
    return run(USUAL, path, work);
  }

  /** Work on files. */
  interface Work<T> extends Callable<T> {
    /** Does the work. */
    @Override
    T call() throws IOException, TreeUnfit;
  }

  /**
   * Runs the work and returns its result.
   *
   * @param limit how long it may take
   * @param path for the message
   * @throws TreeUnfit if it takes longer
   */
  static <T> T run(Duration limit, Path path, Work<T> work) throws IOException, TreeUnfit {
    FutureTask<T> task = new FutureTask<>(work);
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

  /** Throws what the work threw, as if it had run in this thread. */
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
