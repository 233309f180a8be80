/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.ScratchNode.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command with every file and answer that a third party may have written: the output for
 * people has no character that acts on a terminal, hides, or reorders text.
 */
@Tag("slow")
class HostileTextTest {
  private static final String HOSTILE = "\u001b]0;x\u0007\u009b2J\u202e\u2066\u200b\u00ad";
  private static final String IN_TOML = "\\u001b[2J\\u0007\\u009b\\u202e\\u2066";
  private static final Pattern ACTS = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029&&[^\n]]");
  private static final Pattern FRAMES = Pattern.compile("(?m)^\tat ");

  private final TestRegistry registry = TestRegistry.serving(Snapshots.three(42));

  @TempDir Path root;

  @AfterEach
  void stop() {
    registry.close();
  }

  private static Stream<String> inputs() {
    return INPUTS.keySet().stream();
  }

  private record Place(ScratchNode node, TestRegistry registry) {
    void file(String name, String text) {
      node.write(name, text);
    }
  }

  private static final Map<String, Consumer<Place>> INPUTS = new LinkedHashMap<>();

  static {
    INPUTS.put(
        "storage.conf with escapes",
        p ->
            p.file(
                "home/zoe/.config/containers/storage.conf",
                """
                [storage]
                driver = "vfs%1$s"
                graphroot = "/tmp/%1$s"
                runroot = "/run/%1$s"
                "key%1$s" = "x"
                [storage.options]
                mount_program = "/usr/bin/%1$s"
                ignore_chown_errors = "%1$s"
                """
                    .formatted(IN_TOML)));
    INPUTS.put(
        "storage.conf with a good driver",
        p ->
            p.file(
                "home/zoe/.config/containers/storage.conf",
                """
                [storage]
                driver = "overlay"
                graphroot = "/home/zoe/%1$s"
                runroot = "/run/%1$s"
                [storage.options]
                additionalimagestores = ["/home/%1$s"]
                [storage.options.overlay]
                mountopt = "%1$s"
                """
                    .formatted(IN_TOML)));
    INPUTS.put(
        "storage.conf that does not parse",
        p ->
            p.file(
                "home/zoe/.config/containers/storage.conf",
                "[storage\ndriver = " + HOSTILE + "\n"));
    INPUTS.put(
        "passwd",
        p ->
            p.file(
                "etc/passwd",
                "root:x:0:0::/root:/bin/sh\nzoe:x:4242:4242::/home/zoe"
                    + HOSTILE
                    + ":/bin/sh\nalice"
                    + HOSTILE
                    + ":x:1001:1001::/home/a:/bin/sh\nx"
                    + HOSTILE
                    + ":x:1001062405:1::/:/bin/sh\n"));
    INPUTS.put(
        "rows",
        p -> {
          for (String file : List.of("etc/subuid", "etc/subgid")) {
            p.file(
                file,
                "ev%1$sil:1001062400:65536\nzoe:100000:65536\n%1$s\nzoe%1$s:x:y\nzoe:%1$s:5\n"
                    .formatted(HOSTILE));
          }
        });
    INPUTS.put(
        "settings", p -> p.file("etc/cadastre/node.conf", "bogus" + HOSTILE + " = " + HOSTILE));
    INPUTS.put("mode", p -> p.file("etc/cadastre/node.conf", "mode = " + HOSTILE + "\n"));
    INPUTS.put("url", p -> p.file("etc/cadastre/node.conf", "url = http://h" + HOSTILE + "/\n"));
    INPUTS.put("acceptance", p -> p.file("etc/cadastre/accept.d/x", "ledger@" + HOSTILE + "\n"));
    INPUTS.put("nsswitch", p -> p.file("etc/nsswitch.conf", "subid: " + HOSTILE + "\n"));
    INPUTS.put("state", p -> p.file("var/lib/cadastre/state", HOSTILE + "\n" + HOSTILE + " 1\n"));
    INPUTS.put(
        "stored snapshot",
        p -> p.file("var/lib/cadastre/snapshot", "# " + HOSTILE + "\n" + HOSTILE + "\n"));
    INPUTS.put(
        "mounts",
        p ->
            p.file(
                "proc/self/mountinfo",
                "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n23 22 0:40 / /home rw - lustre "
                    + HOSTILE
                    + " rw\n"));
    INPUTS.put("kernel", p -> p.file("proc/sys/kernel/osrelease", HOSTILE + "\n"));
    INPUTS.put("namespaces", p -> p.file("proc/sys/user/max_user_namespaces", HOSTILE + "\n"));
    INPUTS.put(
        "answer of another program",
        p -> p.registry().serve(("<p>" + HOSTILE).getBytes(StandardCharsets.UTF_8), "t"));
    INPUTS.put(
        "forged name", p -> p.registry().serve(ForgedSnapshot.withName("a" + HOSTILE + "b"), "t"));
    INPUTS.put(
        "name that reading takes",
        p -> {
          p.registry().serve(ForgedSnapshot.withName("al\u2066\u00adice\\"), "t");
          p.file("etc/passwd", "root:x:0:0::/root:/bin/sh\nal\u2066\u00adice\\:x:7:7::/:/bin/sh\n");
        });
    INPUTS.put("status", p -> p.registry().answerWith(302));
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void actsOnNoTerminal(String input) throws IOException {
    ScratchNode node = new ScratchNode(root);
    node.write("etc/passwd", "root:x:0:0::/root:/bin/sh\nzoe:x:4242:4242::/home/zoe:/bin/sh\n");
    node.write("proc/sys/kernel/osrelease", "6.1.0-18-amd64\n");
    node.write("proc/sys/user/max_user_namespaces", "30000\n");
    node.write("proc/self/mountinfo", "22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw\n");
    Files.createDirectories(root.resolve("home/zoe/.config"));
    INPUTS.get(input).accept(new Place(node, registry));

    // Twice: the second run reads what the first has written.
    for (int turn = 0; turn < 2; turn++) {
      assertPrintable(node.sync(registry));
      assertPrintable(node.sync(registry, "--accept", "name@42", "--adopt"));
      assertPrintable(node.run("sync"));
      assertPrintable(node.run("verify"));
      assertPrintable(node.run("status"));
      assertPrintable(node.run("who", "1001062400", "7"));
      assertPrintable(node.run("check"));
      assertPrintable(node.run("check", "--user", "zoe"));
      assertPrintable(node.run("check", "--all-users"));
      assertPrintable(node.run("storage-conf", "--explain", "--user", "zoe"));
      assertPrintable(node.run("check", "--user", "n" + HOSTILE));
      assertPrintable(node.run("getsubids", "n" + HOSTILE));
      assertPrintable(node.run("who", "n" + HOSTILE));
      assertPrintable(node.run("who", "--n" + HOSTILE));
      assertPrintable(node.run("sync", "--url", HOSTILE, "--accept", HOSTILE));
    }
  }

  private static void assertPrintable(Run run) {
    for (String text : List.of(run.out(), run.err())) {
      String bare = FRAMES.matcher(text).replaceAll("    at ");
      assertThat(ACTS.matcher(bare).find())
          .as(() -> ACTS.matcher(bare).replaceAll("\u25c6"))
          .isFalse();
    }
  }

  @Test
  void outputForProgramsIsExact() {
    ScratchNode node = new ScratchNode(root);
    registry.serve(ForgedSnapshot.withName("al\u2066ice\\"), "t");

    assertThat(node.sync(registry, "--dry-run").out())
        .contains("+al\u2066ice\\:1001062400:65536\n");
    node.sync(registry);
    assertThat(node.read("etc/subuid")).contains("al\u2066ice\\:1001062400:65536\n");
    assertThat(node.run("getsubids", "al\u2066ice\\").out())
        .isEqualTo("0: al\u2066ice\\ 1001062400 65536\n");
    assertThat(node.run("who", "--json", "1001062400").out())
        .contains("\"owner\":\"al\u2066ice\\\\\"");
    assertThat(node.run("who", "1001062400").out())
        .isEqualTo("1001062400 al\\u2066ice\\\\ 1001 1\n");
  }
}
