/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.node.check.SystemPrograms.Limits;
import io.cadastre.node.check.SystemPrograms.ProgramResult;
import io.cadastre.node.fault.NodeProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that try to outlive, block or flood their caller. */
@Timeout(300)
@Tag("slow")
class OwnSessionTest {
  private static final int OUTPUT = 100_000;

  /** A process in the session, but in a process group of its own, which timeout(1) creates. */
  private static final String OTHER =
      """
      trap '' TERM
      timeout 600 sh -c 'echo $$ >$PIDS/new; mv $PIDS/new $PIDS/other; exec sleep 500' &
      while [ ! -e $PIDS/other ]; do :; done
      """;

  /** Processes write their pids here. */
  @TempDir Path pids;

  private final Map<String, String> environment = new HashMap<>(SystemPrograms.PLAIN);

  @BeforeEach
  void environment() {
    environment.put("PIDS", pids.toString());
  }

  private ProgramResult run(String script) throws Unobservable {
    return run(script, Duration.ofMinutes(2));
  }

  private ProgramResult run(String script, Duration time) throws Unobservable {
    return OwnSession.run("sh", environment, List.of("sh", "-c", script), new Limits(time, OUTPUT));
  }

  /** The process with the pid in this file; this process if it has ended. */
  private ProcessHandle process(String name) throws Exception {
    return ProcessHandle.of(Long.parseLong(Files.readString(pids.resolve(name)).strip()))
        .orElse(ProcessHandle.current());
  }

  private void assertGone(String name) throws Exception {
    ProcessHandle process = process(name);
    for (int i = 0;
        i < 6000 && process.isAlive() && !process.equals(ProcessHandle.current());
        i++) {
      Thread.sleep(10);
    }
    assertThat(process.isAlive() && !process.equals(ProcessHandle.current())).as(name).isFalse();
  }

  @Test
  void aProgramLeadsNoTerminalAndInheritsNothing() throws Exception {
    List<String> said =
        run("cut -d ' ' -f 6,7 /proc/$$/stat; readlink /proc/$$/fd/0; ls /proc/$$/fd; env; pwd")
            .output()
            .lines()
            .toList();
    String ours = Files.readString(Path.of("/proc/self/stat")).split(" ", 7)[5];
    assertThat(said.get(0)).endsWith(" 0").doesNotStartWith(ours + " ");
    assertThat(said.subList(1, 5)).containsExactly("/dev/null", "0", "1", "2");
    assertThat(said.subList(5, said.size()))
        .containsExactlyInAnyOrder(
            "PATH=" + SystemPrograms.PLAIN.get("PATH"), "LC_ALL=C", "PIDS=" + pids, "PWD=/", "/");
  }

  @Test
  void returnsTheStatusAndAllOutput() throws Exception {
    assertThat(run("echo out; echo err >&2; exit 3")).isEqualTo(new ProgramResult(3, "out\nerr\n"));
    assertThat(run("head -c %d /dev/zero".formatted(OUTPUT)).output()).hasSize(OUTPUT);
  }

  @Test
  void readingEndsWithTheProgramEvenIfADaemonHoldsThePipe() throws Exception {
    try {
      String said =
          run("setsid sh -c 'echo $$ >$PIDS/daemon; exec sleep 600' & while [ ! -s $PIDS/daemon ]; do :; done; echo done")
              .output();
      assertThat(said).isEqualTo("done\n");
      assertThat(process("daemon").isAlive())
          .as("has left the session, and nothing waited for its end")
          .isTrue();
    } finally {
      process("daemon").destroyForcibly();
    }
  }

  @Test
  void aDaemonThatKeepsWritingIsEnded() throws Exception {
    run(
        "setsid sh -c 'echo $$ >$PIDS/daemon; sleep 0.3; exec yes' & while [ ! -s $PIDS/daemon ]; do :; done");
    assertGone("daemon");
  }

  @Test
  void tooMuchOutputEndsTheSession() throws Exception {
    assertThatThrownBy(() -> run("echo $$ >$PIDS/flood; exec yes"))
        .isInstanceOf(Unobservable.class)
        .hasMessage("sh printed more than the 100,000 bytes that are read");
    assertGone("flood");
  }

  @Test
  void theTimeLimitEndsAllOfTheSession() throws Exception {
    String deaf = OTHER + "echo $$ >$PIDS/first; wait";
    assertThatThrownBy(() -> run(deaf, Duration.ofSeconds(5)))
        .isInstanceOf(Unobservable.class)
        .hasMessage("sh did not end within 5 s");
    assertGone("first");
    assertGone("other");
  }

  @Test
  void backgroundProcessesEndWithTheProgram() throws Exception {
    run(OTHER);
    assertGone("other");
  }

  @Test
  void theSessionEndsWithThisProcess() throws Exception {
    Process process =
        new ProcessBuilder(NodeProcess.java(OwnSessionProgram.class, pids.toString()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    while (process.isAlive() && !Files.exists(pids.resolve("other"))) {
      Thread.sleep(20);
    }
    process.destroy();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertGone("first");
    assertGone("other");
  }

  @Test
  void aProgramThatCannotBeRunIsReported() throws Exception {
    ProgramResult result =
        OwnSession.run(
            "podman",
            environment,
            List.of("no-such-program"),
            new Limits(Duration.ofSeconds(30), OUTPUT));
    assertThat(result.status()).isEqualTo(127);
    assertThat(result.output()).contains("no-such-program");
  }
}
