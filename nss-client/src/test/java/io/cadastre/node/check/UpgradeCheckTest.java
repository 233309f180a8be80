/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import static io.cadastre.node.check.NodeCheck.N31;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cadastre.node.check.CheckedTree.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** N31 warns once before an upgrade of Podman that would stop a user (review F27). */
@Tag("slow")
class UpgradeCheckTest {
  private static final String ROOTS =
      """
      [storage]
      driver = "overlay"
      graphroot = "/var/lib/containers/storage"
      runroot = "/run/containers/storage"
      """;
  private static final String SYSTEM = "etc/containers/storage.conf";
  private static final String DROP_IN = "etc/containers/storage.conf.d/50-site.conf";
  private static final String FLAG = "[storage.options.overlay]\nignore_chown_errors = \"%s\"\n";

  private CheckedTree tree;

  @BeforeEach
  void tree(@TempDir Path root) throws IOException {
    tree = new CheckedTree(root);
    // zoe reads the files below.
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private String verdict(String engine) throws IOException {
    JsonNode report =
        new ObjectMapper()
            .readTree(tree.node.run("check", "--json", "--user", "zoe", "--engine", engine).out());
    for (JsonNode check : report.at("/users/0/checks")) {
      if (check.path("check").asText().equals("N31")) {
        return check.path("verdict").asText();
      }
    }
    throw new AssertionError(report);
  }

  @Test
  void rootsPathsAreForetold() throws IOException {
    tree.node.write(SYSTEM, ROOTS);
    Outcome outcome = tree.check(N31);
    assertThat(outcome.verdict()).isEqualTo("warn");
    assertThat(outcome.text())
        .isEqualTo(
            """
            after an upgrade to Podman 6.1, graphroot: /home/zoe/.local/share/containers/storage -> /var/lib/containers/storage (/etc/containers/storage.conf:3), since 6.0 (and 1 more)
            Run cadastre-node storage-conf --explain --engine 6.1 --user zoe, and do what it says before the upgrade.""");
    assertThat(verdict("5.8.2")).isEqualTo("warn");
    // Already so: N11 and --explain say it.
    assertThat(verdict("5.8.6+ds1-3")).isEqualTo("pass");
    assertThat(verdict("6.1")).isEqualTo("not applicable");
  }

  @Test
  void theRemedyEndsTheWarning() {
    tree.node.write(SYSTEM, ROOTS);
    tree.node.write(
        "etc/containers/storage.rootless.conf.d/99-users.conf",
        "[storage]\ngraphroot = \"\"\nrunroot = \"\"\n");
    assertThat(tree.check(N31).verdict()).isEqualTo("pass");
  }

  @Test
  void aLostFlagIsForetold() {
    tree.node.write(SYSTEM, "[storage]\ndriver = \"overlay\"\n" + FLAG.formatted("true"));
    assertThat(tree.check(N31).verdict()).isEqualTo("pass");
    tree.node.write(DROP_IN, FLAG.formatted("false"));
    assertThat(tree.check(N31).text()).contains("ignore_chown_errors: true -> false");
  }

  @Test
  void aRefusalIsForetold() {
    tree.node.write(SYSTEM, "[storage]\ndriver = \"zfs\"\n");
    assertThat(tree.check(N31).text()).contains("refused: no -> ", SYSTEM + ":2");
  }

  @Test
  void whatDoesNotStopTheUserIsNoWarning() {
    assertThat(tree.check(N31).verdict()).isEqualTo("pass");
    // The package brings another file; an option that reaches users stops nobody.
    tree.node.write("usr/share/containers/storage.conf", ROOTS);
    assertThat(tree.check(N31).verdict()).isEqualTo("pass");
    tree.node.write(
        SYSTEM, "[storage]\ndriver = \"overlay\"\n[storage.options]\nmountopt = \"nodev\"\n");
    assertThat(tree.check(N31).verdict()).isEqualTo("pass");
  }

  @Test
  void whatIsRefusedTodayIsNotJudged() {
    tree.node.write(SYSTEM, "[storage\n");
    assertThat(tree.check(N31).verdict()).isEqualTo("unknown");
  }
}
