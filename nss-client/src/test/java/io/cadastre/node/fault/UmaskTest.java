/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cadastre.node.Main;
import io.cadastre.node.ScratchNode;
import io.cadastre.node.Snapshots;
import io.cadastre.node.TestRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sync under a umask that is not the system's 022. */
@Tag("slow")
final class UmaskTest {
  /** The path of an open folder of the tree. */
  private static final String IN_THE_TREE = "\"/proc/self/fd/";

  @TempDir Path root;
  @TempDir Path output;

  @Test
  void underUmaskZeroOnlyRootCanOpenStagedFiles() throws Exception {
    Path calls = output.resolve("calls");
    String said =
        sync(
            "0", "strace", "-f", "-qq", "-o", calls.toString(), "-e", "trace=openat,mkdir,mkdirat");
    assumeTrue(!said.contains("Operation not permitted"), "strace may not trace here: " + said);
    List<String> created =
        Files.readAllLines(calls).stream()
            .filter(call -> call.contains("O_CREAT") && call.contains(IN_THE_TREE))
            .toList();
    // map, subuid, subgid, the notes that both are new, served, state and snapshot; .pwd.lock and
    // shadow's two locks
    assertThat(created).hasSize(11).allMatch(call -> call.contains(", 0600"));
    assertThat(Files.readAllLines(calls))
        .filteredOn(call -> call.contains("mkdir") && call.contains(IN_THE_TREE))
        .isNotEmpty()
        .allMatch(call -> call.contains(", 0755"));
  }

  @Test
  void underUmask077AllUsersCanReadTheMap() throws Exception {
    sync("077");
    for (String name : List.of("var", "var/lib", "var/lib/cadastre")) {
      assertThat(permissions(name)).as(name).isEqualTo("rwxr-xr-x");
    }
    assertThat(permissions("var/lib/cadastre/subid.map")).isEqualTo("rw-r--r--");
  }

  private String permissions(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(name)));
  }

  /**
   * The output of a sync in plugin mode under this umask, traced by this command if one is given.
   */
  private String sync(String umask, String... tracer) throws Exception {
    new ScratchNode(root).write("etc/cadastre/node.conf", "mode = plugin\n");
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "umask " + umask + "; exec \"$@\"", "sh"));
    command.addAll(List.of(tracer));
    Path said = output.resolve("said");
    try (TestRegistry registry = TestRegistry.serving(Snapshots.many(1, 50))) {
      command.addAll(
          NodeProcess.java(Main.class, "sync", "--root", root.toString(), "--url", registry.url()));
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    }
    return Files.readString(said);
  }
}
