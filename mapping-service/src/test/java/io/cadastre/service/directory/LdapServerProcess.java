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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The process of a real directory server for tests; it ends with the JVM. Used by one thread. */
final class LdapServerProcess {
  private final Path log;
  private final int port;
  private final String rootDn;
  private final List<String> command;
  private Optional<Process> process = Optional.empty();

  /**
   * A server that does not run yet.
   *
   * @param log the file for its output
   * @param port where it answers
   * @param rootDn the administrator, with {@link Slapd#PASSWORD}
   * @param command keeps the server in the foreground, so that its process is its own
   */
  LdapServerProcess(Path log, int port, String rootDn, List<String> command) {
    this.log = log;
    this.port = port;
    this.rootDn = rootDn;
    this.command = command;
  }

  /** Starts it and waits until it answers. */
  void start() {
    try {
      Process server =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      server.getOutputStream().close();
      Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly));
      process = Optional.of(server);
      awaitAnswer(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void awaitAnswer(Process server) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!answers()) {
      if (!server.isAlive() || System.nanoTime() > end) {
        kill();
        throw new IOException(command.get(0) + " does not start: " + Files.readString(log));
      }
      Thread.sleep(20);
    }
  }

  private boolean answers() {
    try (LDAPConnection connection =
        new LDAPConnection("127.0.0.1", port, rootDn, Slapd.PASSWORD)) {
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
