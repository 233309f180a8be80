/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.cadastre.node.check.SystemPrograms.Limits;
import io.cadastre.node.check.SystemPrograms.ProgramResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A session, setsid(2), in which a program runs without a terminal. All processes of the session
 * end when the program ends, when it passes a limit, or when this process ends. A process that
 * creates a session of its own, as Podman's pause process does, has left this one and is never
 * signalled.
 */
final class OwnSession implements AutoCloseable {
  /** Between SIGTERM and SIGKILL. */
  private static final int GRACE_SECONDS = 2;

  /** If this process was killed, timeout(1) ends the program this much after the limit. */
  private static final int MARGIN_SECONDS = 10;

  /** The states of a process that has ended and whose parent has not waited for it. */
  private static final Set<String> ENDED = Set.of("Z", "X");

  private static final int ROUNDS = 50;
  private static final int PAUSE_MILLIS = 10;

  /** The running sessions; guarded by itself, as {@link #ending} is. */
  private static final Set<OwnSession> RUNNING = new HashSet<>();

  private static boolean ending;

  static {
    // Before the first start: without a hook, a signal ends Java at once and leaves the session.
    Runtime.getRuntime().addShutdownHook(new Thread(OwnSession::endAll));
  }

  private final Process leader;

  private OwnSession(Process leader) {
    this.leader = leader;
  }

  private static OwnSession start(
      Map<String, String> environment, List<String> command, OutputPipe pipe)
      throws IOException, Unobservable {
    synchronized (RUNNING) {
      if (ending) {
        throw new Unobservable("this process is about to end");
      }
      OwnSession session = new OwnSession(SystemPrograms.start(environment, command, pipe.file()));
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
   * Runs a program in a session of its own, with no terminal, no input, no descriptor of this
   * process except a pipe for its output, and only this environment.
   *
   * @param program its name, for messages
   * @param command the program, or a command that executes it
   * @throws Unobservable if it cannot be run or passes a limit; the session has ended then
   */
  static ProgramResult run(
      String program, Map<String, String> environment, List<String> command, Limits limits)
      throws Unobservable {
    try (OutputPipe pipe = OutputPipe.open();
        InputStream output = pipe.input()) {
      try (OwnSession session = OwnSession.start(environment, leader(command, limits), pipe)) {
        pipe.unlink(); // now, so that nothing remains if this process is killed
        return ProgramOutput.await(session.leader, output, program, limits);
      }
    } catch (IOException e) {
      throw new Unobservable("%s cannot be run: %s".formatted(program, e.getMessage()));
    }
  }

  /**
   * The command line of the session leader. setsid(1) does not fork, since Java makes no program a
   * process group leader.
   */
  private static List<String> leader(List<String> command, Limits limits) {
    List<String> leader = new ArrayList<>(List.of("setsid", "timeout"));
    leader.add("--kill-after=" + GRACE_SECONDS);
    leader.add(Long.toString(limits.time().toSeconds() + MARGIN_SECONDS));
    leader.addAll(command);
    return leader;
  }

  /**
   * Ends the session: timeout(1) passes SIGTERM on to its process group, and sends SIGKILL after
   * the grace period.
   */
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
   * Kills the processes that have left the process group but not the session. The kernel does not
   * reuse the number of a session before the session is empty.
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

  /**
   * Whether a process belongs to the session: the sixth field of stat, proc(5). The name before it
   * may contain brackets.
   */
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

  /** Ends what remains of the session, unless the shutdown hook does. */
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
