/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.ScratchNode.Run;
import io.cadastre.node.failure.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code cadastre-node leave}: a node's files end as they began. */
final class LeaveTest {
  private static final String LOCAL = "admin:100000:65536\n# mine\n\nother:200000:65536";
  private final TestRegistry registry = TestRegistry.serving(Snapshots.three(42));
  private ScratchNode node;

  @BeforeEach
  void setUp(@TempDir Path root) {
    node = new ScratchNode(root);
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  /** Without the file of lckpwdf(3), which every useradd leaves as well. */
  private Map<String, String> files() {
    Map<String, String> files = node.filesWithoutTimes();
    files.remove("etc/.pwd.lock");
    return files;
  }

  private Run leave(String... args) {
    Run run = node.run("leave", args);
    assertThat(run.status()).as(run.err()).isZero();
    return run;
  }

  @ParameterizedTest
  @ValueSource(strings = {"mode = files\n", "mode = plugin\n", "owners = uid\n"})
  void endsAsItBegan(String settings) {
    node.write("etc/cadastre/node.conf", settings);
    node.write("etc/subuid", LOCAL);
    Map<String, String> before = files();
    node.sync(registry);
    registry.serve(Snapshots.three(43));
    node.sync(registry);
    assertThat(files()).isNotEqualTo(before);
    assertThat(node.path("var/lib/cadastre/snapshot")).exists();

    Run run = leave("--yes");

    assertThat(files()).isEqualTo(before);
    assertThat(node.path("var/lib/cadastre")).doesNotExist();
    assertThat(run.out()).contains("removed /var/lib/cadastre/snapshot\n", "removed /etc/subgid\n");
    assertThat(leave("--yes").out())
        .isEqualTo("nothing to remove: this node has no files of the registry\n");
  }

  /**
   * Rows that the registry gives too were the users' before it: at every place, and bare at the
   * end.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "alice:1001062400:65536\n",
        "alice:1001062400:65536\nadmin:100000:65536\n1002:1001127936:65536\n# end\n",
        "admin:100000:65536\n\nbob:1001127936:65536\nother:200000:65536\nalice:1001062400:65536",
        "admin:100000:65536\nbob:1001127936:65536\nalice:1001062400:65536\nother:200000:65536",
      })
  void rowsThatEqualTheRegistrysComeBack(String rows) {
    for (String[] args : List.of(new String[0], new String[] {"--adopt"})) {
      node.write("etc/subuid", rows);
      Map<String, String> before = files();
      assertThat(node.sync(registry, args).status()).isZero();
      registry.serve(Snapshots.three(43));
      node.sync(registry);
      assertThat(node.read("etc/subuid")).containsPattern("BEGIN (?s:.*)alice:1001062400:65536\n");
      leave("--yes");
      assertThat(files()).isEqualTo(before);
    }
  }

  @Test
  void asksForConfirmation() {
    node.sync(registry);
    Map<String, String> before = node.files();
    Run run = node.run("leave");
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("nothing was changed", "cadastre-node leave --yes");
    assertThat(leave("--dry-run").out())
        .contains("would remove /var/lib/cadastre/state\n", "would remove /etc/subuid\n");
    assertThat(leave("--dry-run", "--yes").out()).doesNotContain("\nremoved");
    assertThat(node.files()).isEqualTo(before);
  }

  @Test
  void dryRunPrintsAPatch() {
    node.write("etc/subuid", LOCAL + "\n");
    node.sync(registry);
    assertThat(leave("--dry-run").out())
        .contains("--- /etc/subuid\n", "-alice:1001062400:65536\n", "\n-# END cadastre\n");
  }

  @Test
  void refusesWhileThePluginIsOn() {
    node.sync(registry);
    node.write("etc/nsswitch.conf", "subid: cadastre\n");
    Map<String, String> before = node.files();
    Run run = node.run("leave", "--yes");
    assertThat(run.status()).isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(run.err()).contains("cadastre-node plugin off");
    assertThat(node.files()).isEqualTo(before);
  }

  /** shadow sorts the file, and Apptainer drops the marker lines. */
  @Test
  void findsTheRowsWithoutTheMarkerLines() {
    node.write("etc/subuid", "admin:100000:65536\n");
    node.sync(registry);
    node.write(
        "etc/subuid",
        "bob:1001127936:65536\nadmin:100000:65536\nalice:1001062400:65536\nlate:300000:65536\n");
    leave("--yes");
    assertThat(node.read("etc/subuid")).isEqualTo("admin:100000:65536\nlate:300000:65536\n");
  }

  @Test
  void tellsOfLinesThatWereRemoved() {
    node.write("etc/subuid", "admin:100000:65536\n");
    node.sync(registry);
    String block = node.read("etc/subuid").replace("# END", "local:400000:65536\n# END");
    node.write("etc/subuid", block);
    Run run = leave("--yes");
    assertThat(run.err()).contains("removed stays", "/etc/subuid: local:400000:65536");
    assertThat(node.read("var/lib/cadastre/removed"))
        .isEqualTo("/etc/subuid: local:400000:65536\n");
    assertThat(node.read("etc/subuid")).isEqualTo("admin:100000:65536\n");
    assertThat(node.path("var/lib/cadastre/state")).doesNotExist();
  }

  @Test
  void keepsAFileThatHasRowsOfOthersNow() {
    node.sync(registry);
    node.write("etc/subuid", node.read("etc/subuid") + "late:300000:65536\n");
    leave("--yes");
    assertThat(node.read("etc/subuid")).isEqualTo("late:300000:65536\n");
    assertThat(node.path("etc/subgid")).doesNotExist();
  }

  @Test
  void leavesTheServicesFolderAlone() {
    node.write("var/lib/cadastre/service/ledger.mv.db", "ledger");
    Map<String, String> before = files();
    node.sync(registry);
    leave("--yes");
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void removesWhatAKilledRunLeft() {
    Map<String, String> before = files();
    node.sync(registry);
    node.write("var/lib/cadastre/.state.cadastre-new", "half");
    node.write("etc/.subuid.cadastre-new", "half");
    node.write("var/lib/cadastre/snapshot.next", Snapshots.three(43).render());
    leave("--yes");
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void withoutAStateTheBlockStillGoes() throws IOException {
    node.write("etc/subuid", LOCAL);
    node.sync(registry);
    Files.delete(node.path("var/lib/cadastre/snapshot"));
    Files.delete(node.path("var/lib/cadastre/served"));
    Files.delete(node.path("var/lib/cadastre/state"));
    leave("--yes");
    assertThat(node.read("etc/subuid")).isEqualTo(LOCAL);
    // The lines might be local ones: nothing says that they are not.
    assertThat(node.read("var/lib/cadastre/removed")).contains("alice:1001062400:65536");
  }

  @Test
  void aFileWithoutABlockIsNotTouched() throws IOException {
    node.write("etc/subuid", LOCAL);
    Files.setPosixFilePermissions(
        node.path("etc/subuid"), PosixFilePermissions.fromString("rw-rw-r--"));
    Map<String, String> before = files();
    assertThat(leave("--yes").out()).contains("nothing to remove");
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void removesTheMetricsAndTheLinesOfNsswitch() {
    node.write("etc/cadastre/node.conf", "metrics = /srv/cadastre.prom\n");
    Map<String, String> before = files();
    node.sync(registry);
    node.write("srv/cadastre.prom", "x 1\n");
    node.write("var/lib/cadastre/nsswitch", "# cadastre-node nsswitch 1\nno line\n");
    leave("--yes");
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void warnsOfAnEnabledTimer() throws IOException {
    Path wants = node.path("etc/systemd/system/timers.target.wants");
    Files.createDirectories(wants);
    Files.createSymbolicLink(
        wants.resolve("cadastre-node.timer"), Path.of("/usr/lib/systemd/system/x.timer"));
    assertThat(leave("--yes").err()).contains("systemctl disable --now cadastre-node.timer");
  }
}
