/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import static io.cadastre.node.check.NodeCheck.N24;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.Snapshots;
import io.cadastre.node.TestRegistry;
import io.cadastre.node.check.CheckedTree.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** N24 says what useradd and userdel do, by the version of shadow (review F26). */
@Tag("slow")
class ShadowVersionTest {
  private static final String NO_COUNTS = "SUB_UID_COUNT 0\nSUB_GID_COUNT\t0\n";

  private CheckedTree tree;

  @BeforeEach
  void tree(@TempDir Path root) {
    tree = new CheckedTree(root);
  }

  private void installed(String version) {
    tree.node.write(
        "var/lib/dpkg/status",
        "Package: login\nVersion: 1:1.2\n\nPackage: passwd\nSection: admin\nVersion: "
            + version
            + "\n\n");
  }

  @ParameterizedTest
  @CsvSource({
    "1:4.11.1+dfsg1-2, pass",
    "1:4.13+dfsg1-1+deb12u2, pass",
    "1:4.14.0-1, warn",
    "1:4.17.4-2, warn",
    "1:4.18.0-1, warn",
    "1:4.19.0-1, pass",
    "4.20.3-1, pass",
    "none, warn",
  })
  void besideAPluginTheVersionDecides(String version, String verdict) {
    tree.node.write("etc/nsswitch.conf", "subid: cadastre\n");
    installed(version);
    assertThat(tree.check(N24).verdict()).isEqualTo(verdict);
  }

  @Test
  void besideAPluginUserdelAlwaysFailsAndUseraddByTheCounts() {
    tree.node.write("etc/nsswitch.conf", "subid: cadastre\n");
    installed("1:4.17.4-2");
    assertThat(tree.check(N24).text())
        .contains(
            "userdel of shadow 4.17 exits with 16",
            "useradd does so too while SUB_UID_COUNT",
            "\"SUB_UID_COUNT 0\"");
    tree.node.write("etc/login.defs", NO_COUNTS);
    Outcome outcome = tree.check(N24);
    assertThat(outcome.verdict()).isEqualTo("warn");
    assertThat(outcome.text())
        .contains("userdel of shadow 4.17 exits with 16", "mount --bind /dev/null")
        .doesNotContain("useradd");
  }

  @Test
  void anUnknownVersionIsSaid() {
    tree.node.write("etc/nsswitch.conf", "subid: cadastre\n");
    assertThat(tree.check(N24).text())
        .startsWith(
            "the version of shadow is not known; from 4.14 to 4.18 userdel exits with 16 and deletes"
                + " nothing while libsubid asks a plugin; useradd does so too while");
  }

  @Test
  void inFilesModeTheCountsDecide() {
    installed("1:4.17.4-2");
    try (TestRegistry registry = TestRegistry.serving(Snapshots.three(42))) {
      assertThat(tree.node.sync(registry).status()).isZero();
    }
    assertThat(tree.check(N24).verdict()).isEqualTo("warn");
    tree.node.write("etc/login.defs", NO_COUNTS);
    assertThat(tree.check(N24).verdict()).isEqualTo("pass");
  }

  @Test
  void alpinesDatabaseIsReadToo() {
    tree.node.write("etc/nsswitch.conf", "subid: cadastre\n");
    tree.node.write(
        "lib/apk/db/installed", "P:musl\nV:1.2.5-r0\n\nP:shadow\nA:x86_64\nV:4.17.3-r0\n");
    assertThat(tree.check(N24).text()).contains("shadow 4.17");
  }
}
