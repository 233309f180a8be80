/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.storage.PathState.Kind;
import io.cadastre.subid.IdRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Facts as JSON trees between a node and the service. */
final class FactsTreeTest {
  private static final Facts ALL =
      new Facts(
          Optional.of(MountTable.parse("1 0 8:1 / / rw - lustre l rw\n")),
          Map.of(
              "/a",
              new PathFacts(
                  "/b",
                  Kind.FOLDER,
                  Optional.of(true),
                  Optional.of(false),
                  Optional.of(true),
                  Optional.of(FileSystem.XFS.magic()),
                  Optional.of(false),
                  Optional.of(FileSystem.Giving.REFUSED),
                  Optional.of(new PathFacts.Owner(4242, 100, true))),
              "/c",
              PathFacts.unknown("/c")),
          Optional.of(List.of(new IdRange(1001062400, 65536))),
          Optional.of(List.of()),
          Optional.of("6.1.0"),
          Optional.of(true),
          Optional.of(new IdRange(0, 2000000000)),
          Optional.of(100L),
          Map.of("/a", new UsedStore(List.of("overlay", "vfs"), true)));

  @Test
  void parsesTheTreeThatItWrites() {
    assertThat(FactsTree.read(FactsTree.of(ALL))).isEqualTo(ALL);
    assertThat(FactsTree.read(FactsTree.of(Facts.NONE))).isEqualTo(Facts.NONE);
    assertThat(FactsTree.read(Map.of())).isEqualTo(Facts.NONE);
  }

  @Test
  void triedFactsOverrideTheMountTable() {
    assertThat(ALL.fileSystem("/a")).contains(FileSystem.XFS);
    assertThat(ALL.giving("/a")).contains(FileSystem.Giving.REFUSED);
    assertThat(ALL.fileSystem("/c")).contains(FileSystem.LUSTRE);
    assertThat(Facts.NONE.fileSystem("/a")).isEmpty();
  }

  @Test
  void rangesAreUnknownUnlessBothAreKnown() {
    assertThat(ALL.hasRanges()).contains(false);
    assertThat(Facts.NONE.hasRanges()).isEmpty();
    assertThat(FactsTree.read(Map.of("subuids", List.of())).hasRanges()).isEmpty();
  }

  @Test
  void refusesAWrongFactWithItsPlace() {
    refuses(Map.of("fuse", true), "facts: there is no fuse");
    refuses(Map.of("fuseDevice", "yes"), "facts: fuseDevice is not true or false");
    refuses(
        Map.of("paths", Map.of("/a", Map.of("magic", 1.5))),
        "facts.paths./a: magic is 1.5, and no whole number");
    refuses(
        Map.of("paths", Map.of("/a", Map.of("chown", "perhaps"))),
        "facts.paths./a: chown is \"perhaps\", which is none of the choices");
    refuses(
        Map.of("paths", Map.of("/a", Map.of("owner", Map.of("uid", 1)))),
        "facts.paths./a.owner: an owner has a uid and a gid");
    refuses(Map.of("subuids", List.of(1)), "facts: subuids[0] is no object");
    refuses(
        Map.of("nodemap", Map.of("start", 0)), "facts.nodemap: a range has a start and a count");
    refuses(
        Map.of("subgids", List.of(Map.of("start", -1, "count", 1))), "facts.subgids[0]: start -1");
  }

  private static void refuses(Map<String, Object> tree, String why) {
    assertThatThrownBy(() -> FactsTree.read(tree))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(why);
  }
}
