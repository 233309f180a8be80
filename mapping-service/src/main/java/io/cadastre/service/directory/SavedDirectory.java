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
 * Keeps the embedded directory in a file: soon after a change, and at the end. What a crash loses
 * of it, reconcile publishes again.
 */
final class SavedDirectory implements AutoCloseable {
  private static final long PERIOD_MILLIS = 250;

  private final InMemoryDirectoryServer server;
  private final Path file;
  private final ChangeDetector watch;
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

  private SavedDirectory(InMemoryDirectoryServer server, Path file, ChangeDetector watch) {
    this.server = server;
    this.file = file.toAbsolutePath();
    this.watch = watch;
  }

  static SavedDirectory start(InMemoryDirectoryServer server, Path file, ChangeDetector watch) {
    SavedDirectory saved = new SavedDirectory(server, file, watch);
    ScheduledFuture<?> unused =
        saved.saver.scheduleWithFixedDelay(
            saved.saving, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    return saved;
  }

  /** Written beside and renamed, so that a crash leaves the old file or the new one. */
  private synchronized void saveIfChanged() {
    if (!watch.take()) {
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
        watch.note();
      }
    }
  }

  @Override
  public void close() {
    saver.shutdown();
    saving.run();
  }
}
