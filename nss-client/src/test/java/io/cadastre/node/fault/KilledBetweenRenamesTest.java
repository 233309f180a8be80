/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.fault;

import static io.cadastre.node.Snapshots.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cadastre.node.Main;
import io.cadastre.node.ScratchNode.Run;
import io.cadastre.node.Snapshots;
import io.cadastre.node.TestRegistry;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SnapshotRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * strace kills a sync after each of its renames, before the folder is synced. Whatever sorts or
 * rewrites the files then, the next sync finds every row: none is lost, none is doubled.
 */
@Tag("slow")
final class KilledBetweenRenamesTest {
  private static final int KILLED = 137;

  /** Kills after each rename; else only without a change of mode, to save time. */
  private static final boolean REALLY = SystemTree.isDebian13();

  private static final Snapshot OLD =
      Snapshots.of(42, row("alice", 1001), row("bob", 1002), row("zoe", 1003));
  private static final Snapshot NEXT =
      Snapshots.of(
          43,
          row("bob", 1002),
          Snapshots.row("zoë", 1003, 2, row("zoe", 1003).uidRange()),
          row("carl", 1004));

  /** Applied after the interrupted sync of {@link #NEXT}, which it never saw. */
  private static final Snapshot LAST = Snapshots.of(44, row("bob", 1002), row("dora", 1005));

  private final TestRegistry registry = TestRegistry.serving(OLD);
  private final ApptainerRewrite apptainer =
      new ApptainerRewrite(Map.of("post", 3001L, "post2", 3002L));
  private Path scratch;
  private SystemTree tree;
  private LocalLines lines;

  @BeforeEach
  void setUp(@TempDir(factory = MemoryFolder.class) Path folder) throws Exception {
    scratch = folder;
    tree = new SystemTree(scratch.resolve("node"));
    tree.node().write("etc/subuid", "# of this node\nadmin:200000:65536\n");
    tree.node().write("etc/subgid", "admin:200000:65536\n");
    lines = new LocalLines(tree.node());
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  /**
   * Kills a sync that changes from one mode, or owner field, to another.
   *
   * @param from the mode and the owner field of the sync before
   * @param to those of the sync that is killed, and of the one after it
   * @param renames how many files it replaces
   */
  @ParameterizedTest
  @CsvSource({
    "files name, files name, 5",
    "files name, files uid, 5",
    "files name, plugin name, 6",
    "plugin name, files name, 7"
  })
  void theNextSyncLosesAndDoublesNoRow(String from, String to, int renames) throws Exception {
    serve(tree, from);
    assertThat(tree.node().sync(registry).status()).isZero();
    settle(lines, OLD, from, "the first sync");
    serve(tree, to);
    registry.serve(NEXT);
    List<Renamed> all = renames();
    assertThat(all).hasSize(renames);
    SystemTree last = killed(all, all.size() - 1);
    for (int i = 0; i < all.size(); i++) {
      SystemTree killed =
          i == all.size() - 1
              ? last
              : REALLY || from.equals(to) ? killed(all, i) : composed(all, i, last);
      LocalLines atKill = lines.copy(killed.node());
      atKill.ignore();
      for (What what : What.values()) {
        for (Snapshot after : after(what, i)) {
          String name = "%s-%d-%s-%d".formatted(to, i, what, after.serial()).replace(' ', '-');
          continued(killed.copy(scratch.resolve(name)), atKill, what, after, to, name);
        }
      }
    }
  }

  /** What happens between the interrupted sync and the next one. */
  private enum What {
    NOTHING,
    USERADD,
    APPTAINER
  }

  /** A copy of the node whose sync was killed after this rename. */
  private SystemTree killed(List<Renamed> all, int rename)
      throws IOException, InterruptedException {
    SystemTree killed = tree.copy(scratch.resolve("killed" + rename));
    kill(killed, all.get(rename));
    return killed;
  }

  private void kill(SystemTree of, Renamed rename) throws IOException, InterruptedException {
    String injection = "inject=fsync:signal=KILL:when=" + rename.sync();
    assertThat(traced(of, scratch.resolve("killed"), "-e", injection)).isEqualTo(KILLED);
  }

  /** The same as {@link #killed}, made of the files that the sync killed last has renamed. */
  private SystemTree composed(List<Renamed> all, int rename, SystemTree last)
      throws IOException, InterruptedException {
    SystemTree composed = tree.copy(scratch.resolve("killed" + rename));
    for (Renamed renamed : all.subList(0, rename + 1)) {
      composed
          .node()
          .write(renamed.path(), Files.readAllBytes(last.root().resolve(renamed.path())));
    }
    return composed;
  }

  /** Two syncs of two snapshots are killed, and the markers are lost after each of them. */
  @ParameterizedTest
  @CsvSource({"2, 1", "3, 1"})
  void aSecondKilledSyncLosesAndDoublesNoRow(int first, int second) throws Exception {
    serve(tree, "files name");
    assertThat(tree.node().sync(registry).status()).isZero();
    settle(lines, OLD, "files name", "the first sync");
    registry.serve(NEXT);
    List<Renamed> all = renames();
    for (Snapshot snapshot : List.of(NEXT, LAST)) {
      registry.serve(snapshot);
      kill(tree, all.get(snapshot.equals(NEXT) ? first : second));
      for (IdType type : IdType.values()) {
        String file = "etc/" + type.word();
        String name = snapshot.equals(NEXT) ? "post" : "post2";
        tree.node().write(file, apptainer.add(tree.node().read(file), name));
      }
    }
    List<SnapshotRow> known = new ArrayList<>(NEXT.rows());
    known.addAll(LAST.rows());
    lines.noteAdded(OLD.rows(), known);
    Snapshot after = Snapshots.of(45, row("dora", 1005), row("emil", 1006));
    registry.serve(after);
    Run sync = tree.node().sync(registry);
    assertThat(sync.status()).as(sync.err()).isZero();
    settle(lines, after, "files name", "after two kills");
    assertThat(tree.node().read("etc/subuid")).contains("3001:4294836224:", "3002:4294770688:");
  }

  /** The registry may be ahead of the interrupted sync by now; the soak tries both with all. */
  private static List<Snapshot> after(What what, int rename) {
    return REALLY
        ? List.of(NEXT, LAST)
        : List.of((what == What.USERADD) == (rename % 2 == 0) ? NEXT : LAST);
  }

  private void continued(
      SystemTree left, LocalLines atKill, What what, Snapshot after, String to, String name)
      throws IOException, InterruptedException {
    left.ask(false);
    switch (what) {
      case NOTHING -> {}
      case USERADD -> left.runs("useradd", "-u", "3001", "postdoc3");
      case APPTAINER -> {
        for (IdType type : IdType.values()) {
          String file = "etc/" + type.word();
          left.node().write(file, apptainer.add(left.node().read(file), "post"));
        }
      }
    }
    serve(left, to);
    LocalLines now = atKill.copy(left.node());
    now.noteAdded(OLD.rows(), NEXT.rows());
    registry.serve(after);
    Run sync = left.node().sync(registry);
    assertThat(sync.status()).as(name + ": " + sync.err()).isZero();
    settle(now, after, to, name);
    Run verify = left.node().run("verify");
    assertThat(verify.status()).as(name + ": " + verify.err()).isZero();
    assertThat(left.node().sync(registry).out()).as(name).contains("unchanged");
    assertThat(left.node().path("var/lib/cadastre/snapshot.next")).doesNotExist();
    registry.serve(NEXT);
  }

  private static void serve(SystemTree on, String how) {
    String[] words = how.split(" ", -1);
    on.serveFrom(words[0], "owners = " + words[1]);
  }

  private static void settle(LocalLines of, Snapshot snapshot, String how, String name) {
    if (how.startsWith("plugin")) {
      of.requireAlone(name);
    } else {
      of.requireWithBlock(snapshot, how.endsWith("uid"), name);
    }
  }

  /**
   * A rename of a sync.
   *
   * @param path the file that it replaces
   * @param sync the number of the fsync after it, which syncs the folder
   */
  private record Renamed(String path, int sync) {}

  private List<Renamed> renames() throws IOException, InterruptedException {
    SystemTree whole = tree.copy(scratch.resolve("whole"));
    Path calls = scratch.resolve("calls");
    assertThat(traced(whole, calls)).isZero();
    Map<String, Integer> synced = new HashMap<>();
    List<Renamed> all = new ArrayList<>();
    String path = "";
    for (String line : Files.readAllLines(calls)) {
      String[] words = line.split(" +", 2);
      if (words[1].startsWith("rename(")) {
        String name = words[1].replaceFirst("^.*/([a-z.]+)\"\\).*$", "$1");
        path =
            (name.startsWith("sub") && !name.endsWith("map") ? "etc/" : "var/lib/cadastre/") + name;
      } else if (words[1].startsWith("fsync(")) {
        int number = synced.merge(words[0], 1, Integer::sum);
        if (!path.isEmpty()) {
          all.add(new Renamed(path, number));
        }
        path = "";
      }
    }
    return all;
  }

  private int traced(SystemTree of, Path calls, String... injection)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of("strace", "-f", "-qq", "-o", calls.toString(), "-e", "trace=rename,fsync"));
    command.addAll(List.of(injection));
    String root = of.root().toString();
    command.addAll(NodeProcess.java(Main.class, "sync", "--root", root, "--url", registry.url()));
    Path said = scratch.resolve("output");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    String log = Files.readString(said);
    assumeTrue(!log.contains("Operation not permitted"), "strace may not trace here: " + log);
    return process.exitValue();
  }
}
