/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cadastre.node.Main;
import cadastre.node.Registry;
import cadastre.node.ScratchNode;
import cadastre.node.Snapshots;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sync under a umask of 0, as strace sees it. */
@Tag("slow")
final class UmaskTest {
  @TempDir Path root;
  @TempDir Path output;

  @Test
  void nobodyElseCanEverOpenWhatIsStaged() throws Exception {
    new ScratchNode(root).write("etc/cadastre/node.conf", "mode = plugin\n");
    Path calls = output.resolve("calls");
    try (Registry registry = Registry.serving(Snapshots.many(1, 50))) {
      String said = traced(calls, registry);
      assumeTrue(!said.contains("Operation not permitted"), "strace may not trace here: " + said);
    }
    List<String> created =
        Files.readAllLines(calls).stream()
            .filter(call -> call.contains("O_CREAT") && call.contains(root.toString()))
            .toList();
    // map, subuid, subgid, snapshot and state; .pwd.lock and shadow's two locks
    assertThat(created).hasSize(8).allMatch(call -> call.contains(", 0600)"));
  }

  private String traced(Path calls, Registry registry) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "umask 0; exec \"$@\"", "sh", "strace", "-f", "-qq"));
    command.addAll(List.of("-o", calls.toString(), "-e", "trace=openat"));
    command.addAll(
        NodeProcess.java(Main.class, "sync", "--root", root.toString(), "--url", registry.url()));
    Path said = output.resolve("said");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return Files.readString(said);
  }
}
