/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.database;

import io.cadastre.service.config.LedgerConfiguration;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.SchemaVersion;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Migrates the file of an H2 ledger on a copy, since H2 commits each statement that changes tables
 * at once. Other databases migrate in transactions. The order of the steps gives these guarantees:
 *
 * <ol>
 *   <li>The space for the copy is there before the first byte is written.
 *   <li>H2's own lock on the file is held: no other process changes what was copied.
 *   <li>The copy is migrated and synced before it takes the file's name: after a failure or a kill
 *       the file is as it was, and the next start begins anew.
 *   <li>The file as it was stays beside the new one, for the way back.
 * </ol>
 */
public final class LedgerMigration {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerMigration.class);
  private static final long MEBIBYTE = 1024 * 1024;
  private static final String SUFFIX = ".mv.db";

  private LedgerMigration() {}

  /**
   * Migrates the ledger's file, if there is one and this program has newer tables. It must not be
   * open.
   *
   * @throws Unavailable if that fails; the file is as it was
   */
  public static void beforeOpening(LedgerConfiguration ledger) {
    beforeOpening(ledger, Ledger::prepare);
  }

  /** As {@link #beforeOpening(LedgerConfiguration)}, by this work. */
  static void beforeOpening(LedgerConfiguration ledger, LedgerSource.Work migrating) {
    Optional<Path> file = LedgerFile.of(ledger.getUrl()).filter(Files::exists);
    if (file.isEmpty()) {
      return;
    }
    Object key = key(file.get());
    Optional<SchemaVersion> version = LedgerSource.peek(ledger, SchemaVersion::of);
    if (version.filter(SchemaVersion::isOld).isPresent()) {
      run(ledger, file.get(), key, version.get(), migrating);
    }
  }

  private static void run(
      LedgerConfiguration ledger,
      Path file,
      Object key,
      SchemaVersion old,
      LedgerSource.Work migrating) {
    Path copy = sibling(file, "migrating");
    Path kept = free(file, old);
    try (FileChannel original =
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = original.tryLock()) {
      // The file of this name is another one if another process has just migrated it.
      if (lock == null || !key.equals(key(file))) {
        throw new Unavailable(
            "%s is in use. Stop the service first, or the other process that has the file open"
                .formatted(file),
            Duration.ofSeconds(5));
      }
      requireSpace(file, original.size());
      copy(original, copy, Files.getPosixFilePermissions(file));
      LedgerSource.runOnFile(ledger, copy, migrating);
      sync(copy);
      Files.createLink(kept, file);
      Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      sync(file.resolveSibling("."));
    } catch (Exception e) {
      remove(copy, e);
      throw failed(file, old, e);
    }
    LOG.info(
        "migrated the ledger from {} to {}; the file as it was is kept as {}: remove it when you"
            + " need no way back to the version before",
        old,
        SchemaVersion.CURRENT,
        kept);
  }

  private static RuntimeException failed(Path file, SchemaVersion old, Exception cause) {
    String reason =
        cause instanceof FileSystemException f && f.getReason() != null
            ? f.getReason()
            : Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
    return new Unavailable(
        "the ledger is not migrated from %s to %s: %s. %s is as it was, and the version before still starts with it: docs/upgrade.md"
            .formatted(old, SchemaVersion.CURRENT, reason, file),
        Duration.ofMinutes(1),
        cause);
  }

  /** The tables that a migration adds take less than half of a ledger. */
  private static void requireSpace(Path file, long size) {
    long needed = size + size / 2;
    long free = file.toFile().getAbsoluteFile().getParentFile().getUsableSpace();
    if (free < needed) {
      throw new Unavailable(
          "a second file of up to %d MiB is needed, and %d MiB are free beside it"
              .formatted((needed + MEBIBYTE - 1) / MEBIBYTE, free / MEBIBYTE),
          Duration.ofMinutes(1));
    }
  }

  /**
   * By the open channel: to close another one of the same file would end the lock, see fcntl(2).
   */
  private static void copy(FileChannel original, Path copy, Set<PosixFilePermission> mode)
      throws IOException {
    Files.deleteIfExists(copy); // a start that was killed left it
    try (FileChannel out =
        FileChannel.open(
            copy,
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
            PosixFilePermissions.asFileAttribute(mode))) {
      long done = 0;
      while (done < original.size()) {
        done += original.transferTo(done, original.size() - done, out);
      }
    }
  }

  private static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void remove(Path copy, Exception failure) {
    try {
      Files.deleteIfExists(copy);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** What tells a file from another one that takes its name. */
  private static Object key(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      throw new Unavailable(
          "%s cannot be read: %s".formatted(file, e.getMessage()), Duration.ofMinutes(1), e);
    }
  }

  /** A name for the file as it was; after a way back there is one with its name already. */
  private static Path free(Path file, SchemaVersion old) {
    return IntStream.iterate(1, i -> i + 1)
        .mapToObj(i -> sibling(file, i == 1 ? old.toString() : old + "-" + i))
        .filter(Files::notExists)
        .findFirst()
        .orElseThrow();
  }

  /** {@code ledger.mv.db} and {@code V8}: {@code ledger.V8.mv.db}. */
  private static Path sibling(Path file, String word) {
    String name = String.valueOf(file.getFileName());
    String stem = name.substring(0, name.length() - SUFFIX.length());
    return file.resolveSibling(stem + "." + word + SUFFIX);
  }
}
