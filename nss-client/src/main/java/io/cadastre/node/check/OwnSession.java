/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.cadastre.node.check.SystemPrograms.Answer;
import io.cadastre.node.check.SystemPrograms.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A session, setsid(2), in which a program runs without a terminal. All of the session ends with
 * the program, with its limits, and with this process. A process that makes a session of its own,
 * as Podman's pause process does, leaves ours and is never signalled.
 */
final class OwnSession implements AutoCloseable {
  /** Between SIGTERM and SIGKILL. */
  private static final int GRACE_SECONDS = 2;

  /** timeout(1) ends the program if we were killed and cannot. */
  private static final int MARGIN_SECONDS = 10;

  /** States of a process that only waits for its parent to take notice. */
  private static final Set<String> ENDED = Set.of("Z", "X");

  private static final int ROUNDS = 50;
  private static final int PAUSE_MILLIS = 10;

  /** The sessions that run; guarded by itself, as {@link #ending} is. */
  private static final Set<OwnSession> RUNNING = new HashSet<>();

  private static boolean ending;

  static {
    // Before the first start: a signal may come at any time, and without a hook Java ends at once.
    Runtime.getRuntime().addShutdownHook(new Thread(OwnSession::endAll));
  }

  private final Process leader;

  private OwnSession(Process leader) {
    this.leader = leader;
  }

  private static OwnSession start(ProcessBuilder builder) throws IOException, Unobservable {
    synchronized (RUNNING) {
      if (ending) {
        throw new Unobservable("this process is about to end");
      }
      OwnSession session = new OwnSession(builder.start());
      RUNNING.add(session);
      return session;
    }
  }

  private static void endAll() {
    List<OwnSession> left;
    synchronized (RUNNING) {
      ending = true;
      left = List.copyOf(RUNNING);
      RUNNING.clear();
    }
    left.forEach(OwnSession::end);
  }

  /**
   * Runs a program in a session of its own: no terminal, no input, no descriptor of ours but a pipe
   * for its output, this environment and no other.
   *
   * @param program its name, for messages
   * @param command the program, or what becomes it
   * @throws Unobservable if it cannot be run or passes a limit; the session is ended then
   */
  static Answer run(
      String program, Map<String, String> environment, List<String> command, Limits limits)
      throws Unobservable {
    try (OutputPipe pipe = OutputPipe.open();
        InputStream said = pipe.input()) {
      ProcessBuilder builder =
          SystemPrograms.builder(environment, led(command, limits))
              .redirectOutput(Redirect.to(pipe.file()));
      try (OwnSession session = OwnSession.start(builder)) {
        pipe.unlink(); // if we are killed nothing stays behind
        return ProgramOutput.await(session.leader, said, program, limits);
      }
    } catch (IOException e) {
      throw new Unobservable("%s cannot be run: %s".formatted(program, e.getMessage()));
    }
  }

  /** A program that Java starts leads no process group, so setsid(1) does not fork. */
  private static List<String> led(List<String> command, Limits limits) {
    List<String> led = new ArrayList<>(List.of("setsid", "timeout"));
    led.add("--kill-after=" + GRACE_SECONDS);
    led.add(Long.toString(limits.time().toSeconds() + MARGIN_SECONDS));
    led.addAll(command);
    return led;
  }

  /** timeout(1) passes SIGTERM on to its process group, and sends SIGKILL after the grace. */
  private void end() {
    leader.destroy();
    boolean interrupted = Thread.interrupted();
    try {
      leader.waitFor(GRACE_SECONDS + 1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    leader.destroyForcibly();
    endOthers();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Kills what has left the process group and not the session. The number of a session is not given
   * to another process before the session is empty.
   */
  private void endOthers() {
    try {
      for (int round = 0; round < ROUNDS; round++) {
        List<ProcessHandle> others =
            ProcessHandle.allProcesses()
                .filter(process -> process.pid() != leader.pid() && holds(process))
                .toList();
        if (others.isEmpty() || (!leader.isAlive() && isRunning(leader.pid()))) {
          return;
        }
        others.forEach(ProcessHandle::destroyForcibly);
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** By proc(5): the sixth field of stat; the name before it may hold anything, also brackets. */
  private boolean holds(ProcessHandle process) {
    try {
      String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"), ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 5);
      return !ENDED.contains(fields[0]) && fields[3].equals(Long.toString(leader.pid()));
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isRunning(long pid) {
    return ProcessHandle.of(pid).isPresent();
  }

  /** Ends what is left of the session; while this process ends, the hook does. */
  @Override
  public void close() {
    boolean mine;
    synchronized (RUNNING) {
      mine = RUNNING.remove(this);
    }
    if (mine) {
      end();
    }
  }
}
