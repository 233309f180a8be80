/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The process of a slapd for tests; it ends with the JVM. Used by one thread. */
final class SlapdProcess {
  private final Path dir;
  private final int port;
  private final String urls;
  private Optional<Process> process = Optional.empty();

  SlapdProcess(Path dir, int port, String urls) {
    this.dir = dir;
    this.port = port;
    this.urls = urls;
  }

  /** Starts it and waits until it answers. */
  void start() {
    try {
      // -d keeps slapd in the foreground: this is its own process.
      Process slapd =
          new ProcessBuilder(
                  "/usr/sbin/slapd", "-f", dir.resolve("slapd.conf").toString(), "-h", urls, "-d0")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(dir.resolve("slapd.log").toFile()))
              .start();
      slapd.getOutputStream().close();
      Runtime.getRuntime().addShutdownHook(new Thread(slapd::destroyForcibly));
      process = Optional.of(slapd);
      awaitAnswer(slapd);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void awaitAnswer(Process slapd) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!answers()) {
      if (!slapd.isAlive() || System.nanoTime() > end) {
        kill();
        throw new IOException(
            "slapd does not start: " + Files.readString(dir.resolve("slapd.log")));
      }
      Thread.sleep(20);
    }
  }

  private boolean answers() {
    try (LDAPConnection connection =
        new LDAPConnection("127.0.0.1", port, Slapd.ROOT_DN, Slapd.PASSWORD)) {
      return connection.isConnected();
    } catch (LDAPException e) {
      return false;
    }
  }

  /** Stops it by SIGTERM and waits for its end. */
  void stop() {
    process.ifPresent(Process::destroy);
    awaitEnd();
  }

  /** Sends a signal: STOP or CONT. */
  void signal(String name) {
    long pid = process.orElseThrow().pid();
    try {
      int status = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
      if (status != 0) {
        throw new IllegalStateException("kill ends with status " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Kills it by SIGKILL. */
  void kill() {
    process.ifPresent(Process::destroyForcibly);
    awaitEnd();
  }

  private void awaitEnd() {
    try {
      if (process.isPresent() && !process.get().waitFor(1, TimeUnit.MINUTES)) {
        process.get().destroyForcibly().waitFor();
      }
      process = Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
