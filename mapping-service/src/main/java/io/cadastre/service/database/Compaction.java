/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.database;

import io.cadastre.service.config.LedgerConfiguration;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.ledger.StoredSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compacts H2's file while no service has it open. Other databases reuse space on their own. */
public final class Compaction {
  private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);
  private static final long MEBIBYTE = 1024 * 1024;
  private static final long WORTH_IT = 64 * MEBIBYTE;

  private Compaction() {}

  /**
   * Compacts a file of over 64 MiB of which less than a quarter is in use. A failure, such as a
   * lack of space, is logged as a warning.
   */
  public static void atStart(LedgerConfiguration ledger) {
    atStart(ledger, WORTH_IT);
  }

  /** Compacts a file of over {@code larger} bytes of which less than a quarter is in use. */
  public static void atStart(LedgerConfiguration ledger, long larger) {
    Optional<Path> file = LedgerFile.of(ledger.getUrl()).filter(f -> size(f) > larger);
    if (file.isEmpty() || !LedgerSource.peek(ledger, StoredSize::measure).isMostlyUnused()) {
      return;
    }
    try {
      LOG.info(run(ledger, file.get()));
    } catch (Unavailable e) {
      LOG.warn("the ledger's file stays as it is: {}", e.getMessage());
    }
  }

  /**
   * Compacts the file, whatever its size.
   *
   * @return the sizes before and after, as a sentence
   * @throws Unavailable if that fails; the file is unchanged
   */
  public static String run(LedgerConfiguration ledger, Path file) {
    long before = size(file);
    long needed = LedgerSource.peek(ledger, StoredSize::measure).live();
    long free = file.toFile().getAbsoluteFile().getParentFile().getUsableSpace();
    if (free < needed) {
      throw new Unavailable(
          "compacting %s takes a second file of about %d MiB, and %d MiB are free beside it"
              .formatted(file, inMebibytes(needed), free / MEBIBYTE),
          Duration.ofMinutes(1));
    }
    LedgerSource.once(
        ledger,
        source -> {
          StoredSize.compact(source);
          return true;
        });
    return "compacted %s from %d MiB to %d MiB"
        .formatted(file, inMebibytes(before), inMebibytes(size(file)));
  }

  /** Converts bytes, rounding up. */
  private static long inMebibytes(long bytes) {
    return (bytes + MEBIBYTE - 1) / MEBIBYTE;
  }

  private static long size(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
