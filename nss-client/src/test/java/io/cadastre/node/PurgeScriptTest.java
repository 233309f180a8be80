/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script of a purge leaves the files that {@code cadastre-node leave} leaves. */
final class PurgeScriptTest {
  private static final String LOCAL = "admin:100000:65536\n# mine\n\nother:200000:65536";
  private static final String BEGIN = "# BEGIN cadastre (managed; do not edit)\n";
  private static final String END = "# END cadastre\n";
  private static final String ALICE = "alice:1001062400:65536\n";
  private static final List<String> SETTINGS =
      List.of("mode = files\n", "mode = plugin\n", "owners = uid\n");

  private static final Map<String, Path> SYNCED = new ConcurrentHashMap<>();
  private static @TempDir Path scratch = Path.of("");
  private static final TestRegistry REGISTRY = TestRegistry.serving(Snapshots.three(42));

  @AfterAll
  static void stop() {
    REGISTRY.close();
  }

  /** What has happened to the files of a synced node. */
  private interface Change {
    void on(ScratchNode node) throws IOException;
  }

  private static Change edit(String from, String to) {
    return node -> node.write("etc/subuid", node.read("etc/subuid").replace(from, to));
  }

  private static Change remove(String... names) {
    return node -> {
      for (String name : names) {
        Files.delete(node.path(name));
      }
    };
  }

  private static final Map<String, Change> CHANGES =
      Map.ofEntries(
          Map.entry("nothing", node -> {}),
          Map.entry("lines of others in the block", edit(END, "late:1:2\n# why\n\n" + END)),
          Map.entry("one marker line", edit(END, "")),
          Map.entry("a marker line twice", edit(END, END + END)),
          Map.entry("a block without rows", edit(BEGIN, BEGIN + END)),
          Map.entry("a row outside of the block", edit(END, END + ALICE)),
          Map.entry("parts of a range", edit(ALICE, "alice:1001062400:9\nalice:1001062600:8\n")),
          Map.entry("a part outside of the block", edit(END, END + "1001:1001062400:9\n")),
          Map.entry("a wider range", edit(END, END + "alice:1001062400:65537\n")),
          Map.entry("a row of another owner", edit(END, END + "bob:1001062400:65536\n")),
          Map.entry("more fields", edit(END, END + "01001:1001062400:65536:x\nalice::\n")),
          Map.entry("no end of the last line", edit(END, END + "late:300000:65536")),
          Map.entry("a carriage return", edit("admin:100000:65536\n", "admin:100000:65536\r\n")),
          Map.entry("no file", remove("etc/subuid")),
          Map.entry(
              "rows that were taken over",
              node -> {
                node.write(
                    "var/lib/cadastre/taken",
                    "subuid 9 a b:1:2\nsubuid 0$ was:1:2\nsubuid x\nsubgid 0 its:1:2\nsubuid 1 dan:3:4\n"
                        + "subuid 1 "
                        + LOCAL.lines().toList().get(0)
                        + "\n");
              }),
          Map.entry("an empty file", node -> node.write("etc/subuid", "")),
          Map.entry(
              "no state",
              remove(
                  "var/lib/cadastre/snapshot",
                  "var/lib/cadastre/served",
                  "var/lib/cadastre/state")),
          Map.entry("no mode", remove("var/lib/cadastre/served", "var/lib/cadastre/state")),
          Map.entry(
              "lines that were kept before",
              node -> {
                node.write("var/lib/cadastre/removed", "/etc/subgid: was:1:2\n");
                edit(END, "now:1:2\nnow:1:2\n" + END).on(node);
              }),
          Map.entry(
              "a killed run",
              node -> {
                node.write("var/lib/cadastre/.state.cadastre-new", "half");
                node.write("etc/.subuid.cadastre-new", "half");
                node.write(
                    "var/lib/cadastre/snapshot.next",
                    Snapshots.of(43, Snapshots.row("dan", 1004)).render());
                edit(END, END + "dan:1001259008:65536\n").on(node);
              }));

  static Stream<String> changes() {
    return CHANGES.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("changes")
  void doesWhatLeaveDoes(String change) throws Exception {
    compare("", LOCAL, CHANGES.get(change));
    compare("", LOCAL + "\n", withoutMarkers(CHANGES.get(change)));
    compare("mode = plugin\n", LOCAL + "\n", CHANGES.get(change));
  }

  /** Apptainer drops the marker lines. */
  private static Change withoutMarkers(Change change) {
    return node -> {
      change.on(node);
      if (Files.exists(node.path("etc/subuid"))) {
        edit(BEGIN, "").on(node);
        edit(END, "").on(node);
      }
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "alice:1001062400:65536\n",
        "alice:1001062400:100\n",
        "admin:100000:65536\nbob:1001127936:65536\n\n# x\n1001:1001062400:65536"
      })
  void knowsWhichRowsAreHeld(String local) throws Exception {
    for (String settings : SETTINGS) {
      compare(settings, local, withoutMarkers(node -> {}));
    }
  }

  @Test
  void doesWhatLeaveDoesAfterRandomEdits() throws Exception {
    for (int seed = 0; seed < 15; seed++) {
      int run = seed;
      compare(
          SETTINGS.get(seed % SETTINGS.size()),
          LOCAL + "\n",
          node -> node.write("etc/subuid", shuffled(node.read("etc/subuid"), new Random(run))));
    }
  }

  private static String shuffled(String text, Random random) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    for (int edits = random.nextInt(4); edits >= 0; edits--) {
      int at = random.nextInt(lines.size());
      switch (random.nextInt(4)) {
        case 0 -> Collections.swap(lines, at, random.nextInt(lines.size()));
        case 1 -> lines.set(at, lines.get(at).replace(":65536", ":4096"));
        case 2 -> lines.add(at, lines.get(random.nextInt(lines.size())));
        default -> lines.set(at, "");
      }
    }
    return String.join("\n", lines) + (random.nextBoolean() ? "\n" : "");
  }

  @Test
  void changesNothingWhatItCannotFinish() throws Exception {
    ScratchNode node = synced("", LOCAL, file -> {});
    node.write("etc/subgid.lock", "1");
    Map<String, String> before = node.filesWithoutTimes();
    String said = purge(node, 1, "sleep() { :; }");
    assertThat(said).contains("subgid.lock is held; purge again");
    assertThat(node.filesWithoutTimes()).isEqualTo(before);
  }

  @Test
  void tellsOfLinesThatWereRemoved() throws Exception {
    ScratchNode node = synced("", LOCAL, edit(END, "late:1:2\n" + END));
    assertThat(purge(node, 0, "")).contains("removed stays", "/etc/subuid: late:1:2");
  }

  private void compare(String settings, String local, Change change) throws Exception {
    ScratchNode left = synced(settings, local, change);
    ScratchNode purged = synced(settings, local, change);
    ScratchNode.Run run = left.run("leave", "--yes");
    assertThat(run.status()).as(run.err()).isZero();
    purge(purged, 0, "");
    Map<String, String> expected = left.filesWithoutTimes();
    expected.remove("etc/.pwd.lock");
    Map<String, String> files = purged.filesWithoutTimes();
    files.remove("etc/.pwd.lock");
    assertThat(files).as("%s%s", settings, local).isEqualTo(expected);
  }

  /** A node after a first sync, as a copy of one that had the same files. */
  private static ScratchNode synced(String settings, String local, Change change)
      throws IOException {
    Path from = SYNCED.get(settings + local);
    if (from == null) {
      from = Files.createTempDirectory(scratch, "synced");
      ScratchNode node = new ScratchNode(from);
      node.write("etc/cadastre/node.conf", settings);
      node.write("etc/subuid", local);
      node.sync(REGISTRY);
      SYNCED.put(settings + local, from);
    }
    ScratchNode node = new ScratchNode(copy(from));
    change.on(node);
    return node;
  }

  private static Path copy(Path from) throws IOException {
    Path to = Files.createTempDirectory(scratch, "node");
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.filter(p -> !p.equals(from)).toList()) {
        Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return to;
  }

  /** Runs the script on a tree, without the package's other scripts; what it says. */
  private static String purge(ScratchNode node, int status, String prelude) throws Exception {
    String script =
        Files.readString(
                Path.of(System.getProperty("cadastre.root"), "packages/src/scripts/leave.sh"))
            .replace("\netc=/etc\n", "\netc=$1/etc\n")
            .replace("\nstate=/var/lib/cadastre\n", "\nstate=$1/var/lib/cadastre\n");
    String others =
        """
        set -e
        umask 022
        plugin_stands() { return 1; }
        make_empty_map() { :; }
        remove_empty_folder() { rmdir "$state" 2>/dev/null || true; }
        """;
    Process sh =
        new ProcessBuilder(
                "sh",
                "-c",
                others + prelude + "\n" + script + "\nleave\n",
                "purge",
                node.path("").toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(sh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(sh.waitFor()).as(said).isEqualTo(status);
    return said;
  }
}
