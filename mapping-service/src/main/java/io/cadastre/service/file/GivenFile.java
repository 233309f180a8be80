/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Reads a file that the caller named. It may be a FIFO without a writer, a device, or endless:
 * reading neither hangs nor fills memory. Errors do not quote the file's contents.
 */
public final class GivenFile {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int FILE_TYPE = 0_170000;
  private static final int FIFO = 0_010000;

  private GivenFile() {}

  /**
   * All of a regular file; a link is followed.
   *
   * @param most the number of bytes it may have
   * @throws IOException if it is anything else, or has more
   */
  public static byte[] bytes(Path file, int most) throws IOException {
    if (!Files.isRegularFile(file)) {
      Files.size(file); // says so if there is none
      throw new IOException("it is no regular file");
    }
    byte[] bytes =
        inTime(
            () -> {
              try (InputStream in = Files.newInputStream(file)) {
                return in.readNBytes(most + 1);
              }
            });
    if (bytes.length > most) {
      throw new IOException("it is larger than %,d bytes, the limit".formatted(most));
    }
    return bytes;
  }

  /**
   * The lines of a file in UTF-8, one after the other; a regular file or a pipe. To be closed.
   *
   * @param longest the number of characters a line may have; a longer one ends the stream with an
   *     {@link java.io.UncheckedIOException}
   * @throws IOException if it is anything else
   */
  public static Stream<String> lines(Path file, int longest) throws IOException {
    boolean pipe =
        Files.getAttribute(file, "unix:mode") instanceof Integer mode && (mode & FILE_TYPE) == FIFO;
    if (!pipe && !Files.isRegularFile(file)) {
      throw new IOException("it is neither a regular file nor a pipe");
    }
    InputStream in = inTime(() -> Files.newInputStream(file));
    return BoundedLines.of(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()), longest);
  }

  /** Whether it is a pipe, or anything else that may have other bytes when it is read again. */
  public static boolean isReadOnce(Path file) {
    return Files.exists(file) && !Files.isRegularFile(file);
  }

  /** Java opens without O_NONBLOCK. A thread that still waits ends with the process. */
  private static <T> T inTime(Callable<T> work) throws IOException {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "given-file");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException(
          "it could not be opened within %d s".formatted(PATIENCE.toSeconds()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("reading was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException("reading failed", e.getCause());
    }
  }
}
