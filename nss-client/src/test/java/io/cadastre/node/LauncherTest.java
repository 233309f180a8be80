/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.fault.NodeProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The installed command in environments that the shell of an admin or cron may have. */
final class LauncherTest {
  private static final Path LAUNCHER =
      Path.of(System.getProperty("cadastre.root"), "config/node/cadastre-node");

  private final TestRegistry registry = TestRegistry.serving(Snapshots.three(42));
  private ScratchNode node;
  @TempDir Path root;
  @TempDir Path programs;

  /** Puts a {@code java} first in the path that runs the classes under test. */
  @BeforeEach
  void setUp() throws IOException {
    node = new ScratchNode(root);
    String java =
        NodeProcess.java(Main.class).stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    Path program =
        Files.writeString(
            programs.resolve("java"),
            "#!/bin/sh\nwhile [ \"$1\" != io.cadastre.node.Main ]; do shift; done\nshift\nexec %s \"$@\"\n"
                .formatted(java));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private String run(String before, String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", "-c", before + "; exec \"$@\"", "sh"));
    command.add(LAUNCHER.toString());
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().merge("PATH", programs.toString(), (path, first) -> first + ":" + path);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @Test
  void allUsersCanReadFilesWrittenUnderANarrowUmask() throws Exception {
    run("umask 077", "sync", "--root", root.toString(), "--url", registry.url());
    for (String name : List.of("var", "var/lib", "var/lib/cadastre")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(node.path(name))))
          .as(name)
          .isEqualTo("rwxr-xr-x");
    }
  }

  @Test
  void aNameBeyondAsciiIsFoundInEveryLocale() throws Exception {
    node.sync(registry);
    // The shell passes the bytes of the name unchanged, unlike this JVM.
    assertThat(
            run(
                "LC_ALL=C; export LC_ALL; set -- \"$@\" \"$(printf 'zo\\303\\253')\"",
                "getsubids",
                "--root",
                root.toString()))
        .isEqualTo("0: zoë 1001193472 65536\n");
  }
}
