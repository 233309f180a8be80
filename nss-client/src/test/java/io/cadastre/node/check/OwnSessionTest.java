/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.node.check.SystemPrograms.Answer;
import io.cadastre.node.check.SystemPrograms.Limits;
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

/** Programs that try to outlive, to block or to flood their caller. */
@Timeout(300)
@Tag("slow")
class OwnSessionTest {
  private static final int OUTPUT = 100_000;

  /** In the session, and in a process group of its own, which timeout(1) makes. */
  private static final String OTHER =
      """
      trap '' TERM
      timeout 600 sh -c 'echo $$ >$PIDS/new; mv $PIDS/new $PIDS/other; exec sleep 500' &
      while [ ! -e $PIDS/other ]; do :; done
      """;

  /** Processes write their ids here. */
  @TempDir Path pids;

  private final Map<String, String> environment = new HashMap<>(SystemPrograms.PLAIN);

  @BeforeEach
  void environment() {
    environment.put("PIDS", pids.toString());
  }

  private Answer run(String script) throws Unobservable {
    return run(script, Duration.ofMinutes(2));
  }

  private Answer run(String script, Duration time) throws Unobservable {
    return OwnSession.run("sh", environment, List.of("sh", "-c", script), new Limits(time, OUTPUT));
  }

  /** Of a process whose id stands in a file of that name. */
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
            .said()
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
  void statusAndAllOutputAreThose() throws Exception {
    assertThat(run("echo out; echo err >&2; exit 3")).isEqualTo(new Answer(3, "out\nerr\n"));
    assertThat(run("head -c %d /dev/zero".formatted(OUTPUT)).said()).hasSize(OUTPUT);
  }

  @Test
  void readingEndsWithTheProgramThoughADaemonHoldsThePipe() throws Exception {
    try {
      String said =
          run("setsid sh -c 'echo $$ >$PIDS/daemon; exec sleep 600' & while [ ! -s $PIDS/daemon ]; do :; done; echo done")
              .said();
      assertThat(said).isEqualTo("done\n");
      assertThat(process("daemon").isAlive())
          .as("has left the session, and nothing waited for its end")
          .isTrue();
    } finally {
      process("daemon").destroyForcibly();
    }
  }

  @Test
  void aDaemonThatWritesForEverFillsNothing() throws Exception {
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
  void whatIsInTheBackgroundEndsWithTheProgram() throws Exception {
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
  void whatCannotBeRunIsSaid() throws Exception {
    Answer answer =
        OwnSession.run(
            "podman",
            environment,
            List.of("no-such-program"),
            new Limits(Duration.ofSeconds(30), OUTPUT));
    assertThat(answer.status()).isEqualTo(127);
    assertThat(answer.said()).contains("no-such-program");
  }
}
