/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.ScratchNode;
import io.cadastre.node.Snapshots;
import io.cadastre.node.TestRegistry;
import io.cadastre.node.consumers.ConsumerCheckTest.N30;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Review F7: Apptainer, started by a registry owner on a node in each mode. {@code bin/soak
 * consumers} runs it, with a tree of Debian unstable in the property; its name keeps it out of
 * bin/test.
 */
@Tag("slow")
@EnabledIfSystemProperty(named = ApptainerSoak.TREE, matches = "/.+")
class ApptainerSoak {
  static final String TREE = "cadastre.soak.consumers";
  private static final String LIBRARY = "usr/lib/x86_64-linux-gnu/libsubid_cadastre.so";
  private static final String MAP = "0 1001 1\n1 1001062400 65536\n";
  private static final String OWN_UID = "0 1001 1\n";

  /** An image of busybox, and the definition of one that gives a file to its user 1000. */
  private static final String IMAGE =
      """
      mkdir -p rootfs/bin rootfs/etc rootfs/tmp rootfs/var/tmp
      cp /usr/bin/busybox rootfs/bin/
      for name in sh cat chown stat touch; do ln -s busybox rootfs/bin/$name; done
      echo root:x:0:0::/:/bin/sh >rootfs/etc/passwd
      echo root:x:0: >rootfs/etc/group
      printf '%s\\n' 'Bootstrap: localimage' "From: $PWD/rootfs" %post ' touch /file' \
        ' chown 1000:1000 /file' ' cat /proc/self/uid_map' >definition
      """;

  @TempDir Path output;
  private final Path root = Path.of(String.valueOf(System.getProperty(TREE)));
  private final TestRegistry registry =
      TestRegistry.serving(Snapshots.of(1, Snapshots.row("zoe", 1001)));
  private ScratchNode node;

  /** The status of a command of zoe, and its output on both streams, with single spaces. */
  private record Ran(int status, String said) {}

  @BeforeEach
  void image() throws Exception {
    node = new ScratchNode(root);
    node.write("etc/passwd", node.read("etc/passwd") + "zoe:x:1001:1001::/home/zoe:/bin/sh\n");
    node.write("etc/group", node.read("etc/group") + "zoe:x:1001:\n");
    node.write("etc/hosts", "127.0.0.1 localhost\n");
    node.write("etc/nsswitch.conf", "passwd: files\ngroup: files\n");
    for (String file : List.of("etc/subuid", "etc/subgid")) {
      node.write(file, "");
    }
    run("rm", "-rf", root.resolve("home/zoe").toString(), node.path("var/lib/cadastre").toString());
    run("install", "-d", "-o", "1001", "-g", "1001", root.resolve("home/zoe").toString());
    Ran made = zoe("sh", "-ec", IMAGE);
    assertThat(made.status()).as(made.said()).isZero();
  }

  @AfterEach
  void stop() throws IOException {
    registry.close();
    Files.deleteIfExists(root.resolve(LIBRARY));
  }

  @Test
  void filesServeApptainer() throws Exception {
    for (String owners : List.of("name", "uid")) {
      sync("mode = files\nowners = " + owners + "\n");
      apptainerHasTheRange();
      assertThat(N30.of(node)).startsWith("pass: ");
      System.out.printf(
          "consumers: %s with owners = %s: exec and build --fakeroot have the range%n",
          version(), owners);
    }
  }

  private void apptainerHasTheRange() throws Exception {
    Ran exec = zoe("apptainer", "exec", "--fakeroot", "rootfs", "cat", "/proc/self/uid_map");
    assertThat(exec.said()).endsWith(MAP);
    assertThat(exec.status()).isZero();

    Ran build = zoe("apptainer", "build", "--force", "--fakeroot", "image.sif", "definition");
    assertThat(build.said()).contains(MAP).doesNotContain("not listed");
    assertThat(build.status()).as(build.said()).isZero();
    Ran image = zoe("apptainer", "exec", "--fakeroot", "image.sif", "stat", "/file");
    assertThat(image.status()).as(image.said()).isZero();

    Ran sandbox =
        zoe("apptainer", "build", "--force", "--fakeroot", "--sandbox", "built", "definition");
    assertThat(sandbox.status()).as(sandbox.said()).isZero();
    assertThat(zoe("stat", "-c", "%u:%g", "built/file").said())
        .as("the owner of a file of uid 1000 in the image")
        .isEqualTo("1001063399:1001063399\n");
    // Only in the namespace may zoe remove the file, and the next build replace the folder.
    run("rm", "-rf", root.resolve("home/zoe/built").toString());
  }

  @Test
  void thePluginDoesNotAndCheckForetellsIt() throws Exception {
    Files.copy(
        Path.of("target/native/libsubid_cadastre.so"),
        root.resolve(LIBRARY),
        StandardCopyOption.REPLACE_EXISTING);
    node.write("etc/nsswitch.conf", "passwd: files\ngroup: files\nsubid: cadastre\n");
    sync("mode = plugin\n");
    assertThat(zoe("getsubids", "zoe").said()).isEqualTo("0: zoe 1001062400 65536\n");
    assertThat(N30.of(node))
        .startsWith("warn: ")
        .contains("Apptainer without libsubid (/usr/bin/apptainer) maps the user's own uid only");

    Ran exec = zoe("apptainer", "exec", "--fakeroot", "rootfs", "cat", "/proc/self/uid_map");
    assertThat(exec.said()).contains("User not listed in /etc/subuid").endsWith(OWN_UID);
    assertThat(exec.status()).isZero();
    Ran build = zoe("apptainer", "build", "--force", "--fakeroot", "image.sif", "definition");
    assertThat(build.said()).contains("chown: /file: Invalid argument");
    assertThat(build.status()).isEqualTo(255);
    System.out.printf(
        "consumers: %s with the plugin: the own uid only, as check foretold%n", version());
  }

  private void sync(String settings) {
    node.write("etc/cadastre/node.conf", settings);
    assertThat(node.sync(registry).status()).isZero();
  }

  private String version() throws Exception {
    return zoe("apptainer", "--version").said().strip();
  }

  private Ran zoe(String... command) throws Exception {
    List<String> all = new ArrayList<>();
    all.add(Path.of("src/test/sh/in-tree").toAbsolutePath().toString());
    all.addAll(List.of(root.toString(), "1001", "/home/zoe"));
    all.addAll(List.of(command));
    return run(all.toArray(String[]::new));
  }

  private Ran run(String... command) throws IOException, InterruptedException {
    Path log = output.resolve("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(String.join(" ", command)).isTrue();
    String said = Files.readString(log).replaceAll("(?m)^ +", "").replaceAll(" +", " ");
    return new Ran(process.exitValue(), said);
  }
}
