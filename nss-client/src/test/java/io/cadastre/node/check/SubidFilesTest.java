/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import static io.cadastre.node.check.NodeCheck.N05;
import static io.cadastre.node.check.NodeCheck.N06;
import static io.cadastre.node.check.NodeCheck.N08;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.ScratchNode.Run;
import io.cadastre.node.Snapshots;
import io.cadastre.node.TestRegistry;
import io.cadastre.node.check.CheckedTree.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** N05 and N08: /etc/subuid as a file, and its lines. */
@Tag("slow")
class SubidFilesTest {
  private static final String DPKG =
      """
      Package: base-files
      Version: 12.4

      Package: passwd
      Status: install ok installed
      Version: 1:%s
      """;

  private CheckedTree tree;

  @BeforeEach
  void tree(@TempDir Path root) {
    tree = new CheckedTree(root);
  }

  private void sync() {
    try (TestRegistry registry = TestRegistry.serving(Snapshots.three(42))) {
      assertThat(tree.node.sync(registry).status()).isZero();
    }
  }

  private void plugin() {
    tree.node.write("etc/nsswitch.conf", "subid: cadastre\n");
    tree.node.write("etc/cadastre/node.conf", "mode = plugin\n");
    tree.node.write(
        "usr/lib/libsubid_cadastre.so", "shadow_subid_free".getBytes(StandardCharsets.US_ASCII));
  }

  /** Review F15: newuidmap opens the file although a plugin answers. */
  @Test
  void aMissingFileFailsBesideAPlugin() throws IOException {
    plugin();
    sync();
    assertThat(tree.check(N05).verdict()).isEqualTo("pass");
    Files.delete(tree.node.path("etc/subuid"));
    Outcome outcome = tree.check(N05);
    assertThat(outcome.verdict()).isEqualTo("fail");
    assertThat(outcome.text()).contains("there is no /etc/subuid", install("etc/subuid"));

    tree.node.write("var/lib/dpkg/status", DPKG.formatted("4.13+dfsg1-1"));
    assertThat(tree.check(N05).verdict()).isEqualTo("fail");
    tree.node.write("var/lib/dpkg/status", DPKG.formatted("4.19.3-1"));
    assertThat(tree.check(N05).verdict()).isEqualTo("warn");
  }

  @Test
  void aMissingFileFailsInFilesMode() throws IOException {
    sync();
    Files.delete(tree.node.path("etc/subgid"));
    assertThat(tree.check(N05))
        .isEqualTo(
            new Outcome(
                "fail",
                "there is no /etc/subgid, so no user has a subgid range\nRun cadastre-node sync."));
  }

  /** N06 says that N05 has the remedy. */
  @Test
  void aMissingFileIsAWarningWithoutASnapshot() throws IOException {
    Files.delete(tree.node.path("etc/subuid"));
    assertThat(tree.check(N05))
        .isEqualTo(
            new Outcome(
                "warn",
                "there is no /etc/subuid, so no user has a subuid range\nRun \""
                    + install("etc/subuid")
                    + "\"."));
    assertThat(tree.check(N06).text()).contains("there is no /etc/subuid", "N05");
    Files.delete(tree.node.path("etc/subgid"));
    assertThat(tree.check(N05).text()).contains(install("etc/subuid"), install("etc/subgid"));
  }

  @Test
  void theSecondFileIsLookedAtIfTheFirstIsMissing() throws IOException {
    link("etc/subgid");
    Files.delete(tree.node.path("etc/subuid"));
    assertThat(tree.check(N05).verdict()).isEqualTo("fail");
    assertThat(tree.check(N05).text()).contains("/etc/subgid is a symbolic link");
    plugin();
    shadow("4.19.3-1");
    assertThat(tree.check(N05).verdict()).isEqualTo("warn");
    assertThat(tree.check(N05).text())
        .contains("there is no /etc/subuid: ", "/etc/subgid is a symbolic link");
  }

  @Test
  void twoSourcesAreTheLastWarning() throws IOException {
    tree.node.write("etc/nsswitch.conf", "subid: cadastre files\n");
    shadow("4.13+dfsg1-1");
    assertThat(tree.check(N05).verdict()).isEqualTo("fail");
    assertThat(tree.check(N05).text()).contains("libsubid_cadastre.so, which is in none");
    plugin();
    tree.node.write("etc/nsswitch.conf", "subid: cadastre files\n");
    assertThat(tree.check(N05))
        .isEqualTo(
            new Outcome(
                "warn",
                "\"subid: cadastre files\" names 2 sources; shadow reads only the first\n"
                    + "Keep one of them."));
    Files.delete(tree.node.path("etc/subuid"));
    assertThat(tree.check(N05).verdict()).isEqualTo("fail");
    assertThat(tree.check(N05).text()).contains("there is no /etc/subuid");
    shadow("4.19.3-1");
    assertThat(tree.check(N05).text()).contains("there is no /etc/subuid", "; \"subid:");
  }

  /** In plugin mode the source of ranges is the map. */
  @Test
  void besideAPluginAMissingFileIsNotWhyAUserHasNoRange() throws IOException {
    plugin();
    sync();
    Files.delete(tree.node.path("etc/subuid"));
    assertThat(tree.check(N06).verdict()).isEqualTo("fail");
    assertThat(tree.check(N06).text())
        .contains("zoe has no subuid range", "PUT /v1/owners/zoe")
        .doesNotContain("there is no /etc/subuid");
  }

  private void shadow(String version) {
    tree.node.write("var/lib/dpkg/status", DPKG.formatted(version));
  }

  private String install(String file) {
    return "install -m 644 /dev/null " + tree.node.path(file);
  }

  private void link(String file) throws IOException {
    Path path = tree.node.path(file);
    Path site = Path.of(path + ".site");
    Files.move(path, site);
    Files.createSymbolicLink(path, site.getFileName());
  }

  /** Review F21: all other checks are still printed. */
  @Test
  void aLinkStopsSyncButNotTheCheck() throws Exception {
    sync();
    link("etc/subuid");
    assertThat(tree.check()).hasSize(NodeCheck.values().length);
    assertThat(tree.check(N05).verdict()).isEqualTo("fail");
    assertThat(tree.check(N05).text())
        .contains("/etc/subuid is a symbolic link", "newuidmap and getsubids fail")
        .contains(
            "Put a plain file there: cp --remove-destination %s %s"
                .formatted(tree.node.path("etc/subuid.site"), tree.node.path("etc/subuid")));
    assertThat(tree.check(N06).text()).contains("zoe has no subuid range", "symbolic link", "N05");
    assertThat(tree.check(N08).verdict()).isEqualTo("fail");
    Run verify = tree.node.run("verify");
    assertThat(verify.status()).isEqualTo(73);
    assertThat(verify.err()).contains("/etc/subuid is a link", "put a plain file there");

    repair();
    assertThat(tree.check(N05).verdict()).isEqualTo("pass");
    assertThat(tree.check(N08).verdict()).isEqualTo("pass");
  }

  /** Runs the remedy of N05 as it is printed. */
  private void repair() throws IOException, InterruptedException {
    String text = tree.check(N05).text();
    String remedy = text.substring(text.indexOf("there: ") + "there: ".length());
    Process process = new ProcessBuilder("sh", "-c", remedy).inheritIO().start();
    assertThat(process.waitFor()).as(remedy).isZero();
  }

  @Test
  void aLinkToNothingIsNamedToo() throws Exception {
    Files.delete(tree.node.path("etc/subgid"));
    Files.createSymbolicLink(tree.node.path("etc/subgid"), Path.of("/nowhere"));
    assertThat(tree.check(N05).text())
        .contains("/etc/subgid is a symbolic link")
        .endsWith(
            "Put a plain file there: rm %s && %s"
                .formatted(tree.node.path("etc/subgid"), install("etc/subgid")));
    repair();
    assertThat(tree.check(N05).verdict()).isEqualTo("pass");
  }

  /** getsubids asks the plugin and opens no file. newuidmap does so from shadow 4.19 on. */
  @Test
  void besideAPluginTheVersionDecidesWhatALinkStops() throws IOException {
    plugin();
    sync();
    link("etc/subuid");
    assertThat(tree.check(N05).verdict()).isEqualTo("fail");
    assertThat(tree.check(N05).text())
        .contains("newuidmap and newgidmap before shadow 4.19 open it")
        .doesNotContain("getsubids");
    shadow("4.19.3-1");
    assertThat(tree.check(N05).verdict()).isEqualTo("warn");
    assertThat(tree.check(N05).text())
        .contains("shadow 4.19 does not open it beside a plugin, but sync and verify stop");
    assertThat(tree.check(N08))
        .isEqualTo(
            new Outcome(
                "fail",
                "/etc/subuid is a symbolic link, and sync and verify stop\nDo what N05 says."));
    assertThat(tree.node.run("verify").status()).isEqualTo(73);
  }

  /** A sync in plugin mode replaces the files only if their local rows change. */
  @Test
  void aMountPointIsNoWarningInPluginMode() {
    plugin();
    mounted();
    assertThat(tree.check(N05).verdict()).isEqualTo("pass");
  }

  private void mounted() {
    tree.node.write(
        "proc/self/mountinfo",
        "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n23 22 8:1 /x /etc/subuid rw - ext4 /dev/sda1 rw\n");
  }

  /** Review F24. */
  @Test
  void aMountPointIsAWarning() {
    mounted();
    Outcome outcome = tree.check(N05);
    assertThat(outcome.verdict()).isEqualTo("warn");
    assertThat(outcome.text()).contains("/etc/subuid is a mount point", "umount /etc/subuid");
    assertThat(tree.check(N06).verdict()).isEqualTo("pass");
  }

  /** Review F25: podman#2986 has such a line. */
  @Test
  void aLineThatIsNoRowIsEdited() {
    tree.rows("zoe:1101004800:65536\n:10000:65\n");
    assertThat(tree.check(N08))
        .isEqualTo(
            new Outcome(
                "warn",
                "line 2 of /etc/subuid is not a row and is ignored: :10000:65, and 1 more\n"
                    + "Edit or remove line 2 of /etc/subuid, line 2 of /etc/subgid."));
  }

  /** newuidmap reads such a line, but the plugin does not. */
  @Test
  void aStartBeyondTheLastIdIsNotIgnored() {
    tree.rows("zoe:4294967295:65536\n", "");
    String line = "line 1 of /etc/subuid (zoe:4294967295:65536)";
    assertThat(tree.check(N08))
        .isEqualTo(
            new Outcome(
                "warn",
                line
                    + " goes beyond 4294967294, the last ID: newuidmap refuses it"
                    + " (\"subuid overflow detected\")\nRemove "
                    + line
                    + "."));
    assertThat(tree.check(N06).text())
        .contains(line + " goes beyond 4294967294", "Remove " + line + ".");
    plugin();
    assertThat(tree.check(N08).text()).contains("is not a row and is ignored");
  }

  @Test
  void aRowThatWasEditedInTheBlockFails() {
    sync();
    tree.node.write(
        "etc/subuid", tree.node.read("etc/subuid").replace("alice:1001062400", "alice:1001062401"));
    Outcome outcome = tree.check(N08);
    assertThat(outcome.verdict()).isEqualTo("fail");
    assertThat(outcome.text()).contains("differs", "Run cadastre-node sync.");
  }

  @Test
  void aHeldRowIsAWarningThatNamesTheLine() {
    tree.rows("alice:300000:65536\n");
    sync();
    Outcome outcome = tree.check(N08);
    assertThat(outcome.verdict()).as(outcome.text()).isEqualTo("warn");
    assertThat(outcome.text()).contains("(line 1 of /etc/subuid (alice:300000:65536))");
  }
}
