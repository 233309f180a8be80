/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.sdk.LDAPException;
import io.cadastre.service.periodic.PeriodicWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Saves the embedded directory to a file, within {@value #PERIOD_MILLIS} ms of a change and at the
 * end. Changes lost in a crash are published again by the next comparison with the ledger.
 */
final class SavedDirectory implements AutoCloseable {
  private static final long PERIOD_MILLIS = 250;

  private final InMemoryDirectoryServer server;
  private final Path file;
  private final ChangeDetector changeDetector;
  private final PeriodicWork saving =
      new PeriodicWork(
          "saving the embedded directory", this::saveIfChanged, t -> false, Clock.systemUTC());
  private final ScheduledExecutorService saver =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "embedded-directory-saver");
            thread.setDaemon(true);
            return thread;
          });

  private SavedDirectory(InMemoryDirectoryServer server, Path file, ChangeDetector changeDetector) {
    this.server = server;
    this.file = file.toAbsolutePath();
    this.changeDetector = changeDetector;
  }

  static SavedDirectory start(
      InMemoryDirectoryServer server, Path file, ChangeDetector changeDetector) {
    SavedDirectory saved = new SavedDirectory(server, file, changeDetector);
    ScheduledFuture<?> unused =
        saved.saver.scheduleWithFixedDelay(
            saved.saving, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    return saved;
  }

  /** Writes a new file and renames it: a crash leaves the old file or the new one. */
  private synchronized void saveIfChanged() {
    if (!changeDetector.take()) {
      return;
    }
    boolean saved = false;
    Path staged = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.createDirectories(staged.resolveSibling("."));
      server.exportToLDIF(staged.toString(), false, true);
      Files.move(staged, file, StandardCopyOption.ATOMIC_MOVE);
      saved = true;
    } catch (LDAPException | IOException e) {
      throw new IllegalStateException("the embedded directory cannot be saved to " + file, e);
    } finally {
      if (!saved) {
        changeDetector.note();
      }
    }
  }

  @Override
  public void close() {
    saver.shutdown();
    saving.run();
  }
}
