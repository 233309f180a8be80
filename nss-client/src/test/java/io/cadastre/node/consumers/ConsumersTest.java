/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.consumers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cadastre.node.ScratchNode;
import io.cadastre.node.Snapshots;
import io.cadastre.node.TestRegistry;
import io.cadastre.node.consumers.ConsumerCheckTest.N30;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Review F7 and F30: rootlesskit, lxc-usernsexec, mmdebstrap and unshare of this system, started by
 * a registry owner on a node in each mode; check N30 foretells those that get no range.
 */
@Tag("slow")
class ConsumersTest {
  private static final int SKIPPED = 77;
  private static final List<String> PROGRAMS =
      List.of("rootlesskit", "lxc-usernsexec", "mmdebstrap", "unshare");

  /** The map with the user's own uid first, and the range after it. */
  private static final String OWN_AND_RANGE = "0 1001 1 1 1001062400 65536";

  /**
   * As unshare of util-linux 2.38 to 2.42 takes it: its root replaces the first ID of the range.
   */
  private static final String UNSHARES = "0 1001 1 1 1001062400 65535";

  private static final String RANGE = "0 1001062400 65536";

  @TempDir Path root;
  @TempDir Path output;
  private ScratchNode node;
  private final TestRegistry registry =
      TestRegistry.serving(Snapshots.of(1, Snapshots.row("zoe", 1001)));

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void inFilesModeAllGetTheRangeOfARegistryOwner() throws Exception {
    Map<String, String> maps = mapsWith("mode = files\n", "");
    assertThat(maps)
        .containsEntry("getsubids", "0: zoe 1001062400 65536")
        .containsEntry("rootlesskit", OWN_AND_RANGE)
        .containsEntry("lxc", RANGE)
        .containsEntry("lxc-written", RANGE)
        .containsEntry("mmdebstrap", RANGE);
    assertThat(maps.get("unshare")).isIn(UNSHARES, OWN_AND_RANGE);
    assertThat(N30.of(node)).startsWith("pass: ");
  }

  @Test
  void rowsByUidAreForetold() throws Exception {
    Map<String, String> maps = mapsWith("mode = files\nowners = uid\n", "");
    assertThat(maps)
        .containsEntry("getsubids", "0: zoe 1001062400 65536")
        .containsEntry("lxc-written", RANGE);
    assertThat(maps.get("unshare")).isIn(UNSHARES, OWN_AND_RANGE);
    assertThat(maps.get("rootlesskit"))
        .contains("1 1001062400 65536 65537 1001062400 65536] failed");
    assertThat(maps.get("lxc")).isEqualTo("Failed to find subuid or subgid allocation");
    assertThat(maps.get("mmdebstrap")).contains("failed to parse /etc/subuid");
    assertThat(N30.of(node))
        .startsWith("warn: ")
        .contains(
            "rootlesskit before 1.1.1 (/usr/bin/rootlesskit) fails",
            "it finds one range twice",
            "LXC (/usr/bin/lxc-usernsexec) finds no range, and fails unless its mapping is written",
            "mmdebstrap (/usr/bin/mmdebstrap) finds no range")
        .doesNotContain("unshare --map-auto");
  }

  @Test
  void thePluginIsForetold() throws Exception {
    Map<String, String> maps = mapsWith("mode = plugin\n", "subid: cadastre\n");
    assertThat(maps)
        .containsEntry("getsubids", "0: zoe 1001062400 65536")
        .containsEntry("lxc-written", RANGE);
    assertThat(maps.get("rootlesskit"))
        .contains("1 1001062400 65536 65537 1001062400 65536] failed");
    assertThat(maps.get("lxc")).isEqualTo("Failed to find subuid or subgid allocation");
    assertThat(maps.get("mmdebstrap")).contains("failed to parse /etc/subuid");
    assertThat(maps.get("unshare")).contains("no line matching user \"zoe\" in /etc/subuid");
    assertThat(N30.of(node))
        .startsWith("warn: ")
        .contains(
            "rootlesskit before 1.1.1 (/usr/bin/rootlesskit) fails",
            "LXC (/usr/bin/lxc-usernsexec) finds no range, and fails unless its mapping is written",
            "mmdebstrap (/usr/bin/mmdebstrap) finds no range",
            "unshare --map-auto (/usr/bin/unshare) fails: it finds no line of the user");
  }

  /** The uid_map of each program, or what it said, on a node with these settings. */
  private Map<String, String> mapsWith(String settings, String nsswitch) throws Exception {
    node = new ScratchNode(root);
    // All of /etc has thousands of files; the programs need the loader's.
    List<String> copy = new ArrayList<>(List.of("cp", "-a", "-t", root.resolve("etc").toString()));
    copy.addAll(List.of("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d"));
    copy.addAll(List.of("/etc/alternatives", "/etc/login.defs"));
    run(copy);
    node.write("etc/passwd", node.read("etc/passwd") + "zoe:x:1001:1001::/:/bin/sh\n");
    node.write("etc/group", node.read("etc/group") + "zoe:x:1001:\n");
    node.write("etc/subuid", "");
    node.write("etc/subgid", "");
    node.write("etc/nsswitch.conf", "passwd: files\ngroup: files\n" + nsswitch);
    node.write("etc/cadastre/node.conf", settings);
    node.write("var/lib/dpkg/status", run(List.of("dpkg-query", "--status", "passwd")));
    for (String program : PROGRAMS) {
      Path file = Path.of("/usr/bin", program);
      assumeTrue(Files.exists(file), "there is no " + file);
      node.write("usr/bin/" + program, Files.readAllBytes(file));
    }
    assertThat(node.sync(registry).status()).isZero();
    return run(List.of(
            Path.of("src/test/sh/consumers-on-node").toAbsolutePath().toString(),
            root.toString(),
            Path.of("target/native").toAbsolutePath().toString()))
        .lines()
        .map(line -> line.split(": ", 2))
        .collect(Collectors.toMap(line -> line[0], line -> line[1]));
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    Path log = output.resolve("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
    String said = Files.readString(log);
    assumeTrue(process.exitValue() != SKIPPED, said);
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }
}
