/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * bin/lib/image-base beside a mirror whose lists are out of date, with stand-ins for debootstrap
 * and for the apt of the tree; bin/soak image makes a real one.
 */
@Tag("slow")
class ImageBaseTest {
  private static final String SCRIPT =
      Path.of(System.getProperty("cadastre.root"), "bin/lib/image-base").toString();

  /** Refuses old lists as apt does, and no installation ever works. */
  private static final String CHROOT =
      """
      #!/bin/sh
      echo "$*" >>"$CALLS"
      case "$*" in
        *"apt-get "*" update")
          grep -qs 'Check-Valid-Until "false"' "$1"/etc/apt/apt.conf.d/* && exit 0
          echo "E: Release file for http://mirror.example.org is expired" >&2
          exit 100 ;;
        *"apt-get "*" dist-upgrade") exit 0 ;;
        *) exit 100 ;;
      esac
      """;

  @TempDir Path dir;
  private Path calls;

  private record Ran(int status, String out) {}

  @BeforeEach
  void standIns() throws IOException {
    calls = dir.resolve("calls");
    program("debootstrap", "#!/bin/sh\nmkdir -p \"$3/etc/apt/apt.conf.d\"\n");
    program(
        "unshare",
        """
        #!/bin/sh
        while [ "${1#-}" != "$1" ] || [ "$1" = private ]; do shift; done
        exec "$@"
        """);
    program("mount", "#!/bin/sh\n");
    program("chroot", CHROOT);
    program("apt-get", "#!/bin/sh\necho Debian http://mirror.example.org\n");
  }

  private void program(String name, String text) throws IOException {
    Path file = Files.writeString(dir.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private Ran run(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(SCRIPT));
    command.addAll(List.of(options));
    command.add(dir.resolve("base.tar").toString());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.put("PATH", dir + ":" + environment.get("PATH"));
    environment.put("CALLS", calls.toString());
    environment.put("TMPDIR", dir.toString());
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), out);
  }

  @Test
  void anImageForOthersTakesNoOldLists() throws Exception {
    Ran ran = run();

    assertThat(ran.status()).as(ran.out()).isEqualTo(69);
    assertThat(ran.out())
        .contains("is expired", "not followed any more", "bin/image --stale-mirror");
    assertThat(Files.readString(calls)).contains("Error-Mode=any").doesNotContain("dist-upgrade");
    assertThat(dir.resolve("base.tar")).doesNotExist();
  }

  @Test
  void aTestMayTakeThem() throws Exception {
    Ran ran = run("--stale-mirror");

    assertThat(Files.readString(calls)).contains(" dist-upgrade\n", "openjdk-17-jre-headless");
    // The installation of these stand-ins fails, and so does the script.
    assertThat(ran.status()).isEqualTo(69);
    assertThat(ran.out()).doesNotContain("--stale-mirror");
  }
}
