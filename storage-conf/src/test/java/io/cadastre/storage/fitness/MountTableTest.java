/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Parsing of mountinfo, and the search for the mount of a path. */
class MountTableTest {
  private static final String ROOT = "1 0 8:1 / / rw shared:1 - ext4 /dev/sda1 rw\n";

  private static String source(String table, String path) {
    return MountTable.parse(table).holding(path).map(Mount::source).orElse("nothing");
  }

  @Example
  void readsEveryField() {
    assertThat(
            MountTable.parse(
                    "63 28 0:45 /users /home rw,nosuid shared:32 master:1 - lustre mgs@o2ib:/home rw,flock\n")
                .mounts())
        .containsExactly(
            new Mount(
                63,
                28,
                "/users",
                "/home",
                List.of("rw", "nosuid"),
                "lustre",
                "mgs@o2ib:/home",
                List.of("rw", "flock")));
  }

  @Example
  void optionalFieldsMayBeMissing() {
    assertThat(source("1 0 8:1 / / rw - xfs /dev/sda1 rw\n", "/home")).isEqualTo("/dev/sda1");
  }

  @Example
  void skipsLinesThatDescribeNoMount() {
    assertThat(MountTable.parse("\n1 0 8:1 / / rw\nx 0 8:1 / / rw - ext4 a rw\n# 1\n").mounts())
        .isEmpty();
  }

  @Example
  void octalEscapesAreUndone() {
    String table =
        ROOT
            + "2 1 0:9 / /mnt/a\\040b\\011c\\012d\\134e\\043f rw - nfs4 srv:/x\\040y rw\n"
            + "3 1 0:9 / /mnt/\\1341 rw - nfs4 backslash rw\n";
    assertThat(source(table, "/mnt/a b\tc\nd\\e#f/deep")).isEqualTo("srv:/x y");
    assertThat(source(table, "/mnt/\\1")).isEqualTo("backslash");
  }

  @Example
  void theNearestMountHoldsAPath() {
    String table = ROOT + "2 1 0:9 / /a rw - xfs two rw\n3 2 0:9 / /a/b/c rw - xfs three rw\n";
    assertThat(source(table, "/a/b/c/d")).isEqualTo("three");
    assertThat(source(table, "/a/b/cc")).isEqualTo("two");
    assertThat(source(table, "/ab")).isEqualTo("/dev/sda1");
    assertThat(source(table, "//a//b/")).isEqualTo("two");
  }

  @Example
  void aMissingPathLiesOnTheMountOfItsParent() {
    assertThat(source(ROOT + "2 1 0:9 / /home rw - lustre l rw\n", "/home/new/.local/share"))
        .isEqualTo("l");
  }

  @Example
  void theTopmostOfStackedMountsHoldsThePath() {
    String stacked = ROOT + "2 1 0:9 / /a rw - xfs below rw\n3 2 0:9 / /a rw - xfs above rw\n";
    assertThat(source(stacked, "/a/f")).isEqualTo("above");
    String side = ROOT + "2 1 0:9 / /a rw - xfs below rw\n3 1 0:9 / /a rw - xfs above rw\n";
    assertThat(source(side, "/a/f")).isEqualTo("above");
  }

  @Example
  void aCoveredMountHoldsNoPath() {
    String table =
        ROOT
            + "2 1 0:9 / /a/b rw - lustre hidden rw\n"
            + "3 1 0:9 / /a rw - tmpfs cover rw\n"
            + "4 3 0:9 / /a/c rw - xfs seen rw\n";
    assertThat(source(table, "/a/b/f")).isEqualTo("cover");
    assertThat(source(table, "/a/c/f")).isEqualTo("seen");
  }

  @Example
  void aRootOverARootIsTheRoot() {
    assertThat(source("1 1 0:1 / / rw - rootfs first rw\n2 1 0:2 / / rw - tmpfs second rw\n", "/x"))
        .isEqualTo("second");
  }

  @Example
  void aTableWithoutARootHoldsNothing() {
    assertThat(source("5 4 0:9 / /home rw - lustre l rw\n", "/home/zoe")).isEqualTo("nothing");
  }

  @Example
  void cyclesOfMountsDoNotHang() {
    assertThat(source(ROOT + "2 3 0:9 / /a rw - xfs x rw\n3 2 0:9 / /a rw - xfs y rw\n", "/a"))
        .isEqualTo("/dev/sda1");
    assertThat(
            source(
                "1 2 0:9 / / rw - xfs x rw\n2 1 0:9 / / rw - xfs y rw\n3 3 0 / / rw - xfs z rw",
                "/a"))
        .isEqualTo("z");
  }

  /** Any text between two lines hides neither of them. */
  @Property
  void anyTextIsRead(@ForAll String text, @ForAll String path) {
    String table = ROOT + text + "\n" + ROOT.replace("/dev/sda1", "/dev/sda2");
    assertThat(MountTable.parse(table).mounts())
        .extracting(Mount::source)
        .containsExactly("/dev/sda1", "/dev/sda2");
    assertThat(source(table, "/" + path)).isEqualTo("/dev/sda1");
  }

  /**
   * Lines of mountinfo's words in any order: the mount of a path is in the table, or there is none.
   */
  @Property
  void anyWordsAreRead(@ForAll("words") List<String> words, @ForAll("words") List<String> path) {
    MountTable table = MountTable.parse(String.join(" ", words).replace(" \n ", "\n"));
    assertThat(table.mounts()).containsAll(table.holding(String.join("/", path)).stream().toList());
  }

  @Provide
  Arbitrary<List<String>> words() {
    return Arbitraries.of(
            "1",
            "2",
            "-1",
            "9".repeat(18),
            "9".repeat(19),
            "8:1",
            "/",
            "/a",
            "\\040",
            "\\9",
            "-",
            "rw",
            "",
            "1 1 8:1 / / rw - xfs b rw",
            "2 1 8:1 / /a rw - xfs c rw",
            "\n")
        .list()
        .ofMaxSize(40);
  }

  /**
   * A table as large as one request may be. The time-out only guards against a search per mount.
   */
  @Example
  void aTallStackOfMountsIsClimbedOnce() {
    StringBuilder stack = new StringBuilder(ROOT);
    for (int i = 2; i < 30_000; i++) {
      stack.append("%d %d 0:1 / / rw - tmpfs t%1$d rw\n".formatted(i, i - 1));
    }
    MountTable table = MountTable.parse(stack.toString());
    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> {
          for (int i = 0; i < 20; i++) {
            assertThat(table.holding("/home").map(Mount::source)).contains("t29999");
          }
        });
  }
}
