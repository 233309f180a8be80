/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import static io.cadastre.node.Snapshots.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.ScratchNode.Run;
import io.cadastre.node.failure.ExitStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that {@code sync} writes on a node. */
final class SyncTest {
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

  @Test
  void rendersTheWholeTreeAsExpected() throws IOException {
    Path expected = Path.of("src/test/resources/expected/files");
    node.write("etc/subuid", Files.readAllBytes(Path.of("src/test/resources/local-rows")));
    assertThat(node.sync(registry).status()).isZero();
    Map<String, String> files = node.filesWithoutTimes();
    // Its checksums are those of the files that are compared here.
    assertThat(files.remove("var/lib/cadastre/state")).startsWith("100644 0:0 \n# cadastre-node");
    assertThat(files.remove("etc/.pwd.lock")).isEqualTo("100600 0:0 \n");
    assertThat(files).isEqualTo(ExpectedTree.at(expected));
  }

  @Test
  void secondSyncWritesNothingAndChangesNoTime() {
    assertThat(node.sync(registry).out())
        .isEqualTo(
            "serial 42, 3 rows: wrote /etc/subuid, /etc/subgid, /var/lib/cadastre/served,"
                + " /var/lib/cadastre/state, /var/lib/cadastre/snapshot\n");
    Map<String, String> before = node.files();
    registry.asked();
    assertThat(node.sync(registry).out()).isEqualTo("serial 42, 3 rows: unchanged\n");
    assertThat(registry.asked()).containsExactly("/v1/snapshot known 304");
    assertThat(node.files()).isEqualTo(before);
  }

  @Test
  void theFastPathBehavesAsPicocliDoes() {
    assertThat(node.run("sync").err()).contains("no service is named").contains("Usage:");
    node.write("etc/cadastre/node.conf", "url = %s\n".formatted(registry.url()));
    assertThat(SyncFastPath.parse("sync", "--root", node.path("").toString())).isPresent();
    assertThat(node.run("sync").out()).startsWith("serial 42, 3 rows: wrote /etc/subuid");
    assertThat(node.run("sync", "--json").out()).contains("\"written\":[]");

    node.write("etc/cadastre/node.conf", "ulr = x\n");
    assertThat(node.run("sync")).isEqualTo(node.run("sync", "--dry-run"));
    assertThat(node.run("sync").status()).isEqualTo(78);
  }

  @Test
  void rendersWhatChanged() {
    node.sync(registry);
    registry.serve(Snapshots.of(43, row("alice", 1001), row("zoë", 1003), row("karl", 1004)));
    assertThat(node.sync(registry).status()).isZero();
    assertThat(node.read("etc/subgid"))
        .isEqualTo(
            """
            # BEGIN cadastre (managed; do not edit)
            alice:1001062400:65536
            karl:1001259008:65536
            zoë:1001193472:65536
            # END cadastre
            """);
  }

  @Test
  void repairsABlockEditedByHand() {
    node.sync(registry);
    String good = node.read("etc/subuid");
    node.write("etc/subuid", good.replace("bob:1001127936", "bob:1001062400"));
    registry.asked();
    assertThat(node.sync(registry).out()).contains("wrote /var/lib/cadastre/removed, /etc/subuid");
    assertThat(registry.asked()).containsExactly("/v1/snapshot - 200");
    assertThat(node.read("etc/subuid")).isEqualTo(good);
  }

  @Test
  void repairsWithoutTheService() {
    node.sync(registry);
    String good = node.read("etc/subgid");
    node.write("etc/subgid", "");
    registry.answerWith(503);
    Run run = node.sync(registry);
    assertThat(run.status()).isZero();
    assertThat(run.err()).contains("status 503; serial 42 is still served");
    assertThat(node.read("etc/subgid")).isEqualTo(good);
  }

  @Test
  void repairsAModeAndRestoresAMissingFile() throws IOException {
    node.sync(registry);
    Map<String, String> good = node.filesWithoutTimes();
    Files.setPosixFilePermissions(
        node.path("etc/subuid"), PosixFilePermissions.fromString("rw-------"));
    Files.delete(node.path("var/lib/cadastre/snapshot"));
    assertThat(node.sync(registry).status()).isZero();
    assertThat(node.filesWithoutTimes()).isEqualTo(good);
  }

  @Test
  void keepsANewLocalRowAndStillAsksConditionally() {
    node.sync(registry);
    node.write("etc/subuid", node.read("etc/subuid") + "admin:100000:65536\n");
    registry.asked();
    assertThat(node.sync(registry).out()).endsWith("wrote /var/lib/cadastre/state\n");
    assertThat(registry.asked()).containsExactly("/v1/snapshot known 304");
    assertThat(node.read("etc/subuid")).endsWith("# END cadastre\nadmin:100000:65536\n");
    assertThat(node.sync(registry).out()).endsWith("unchanged\n");
  }

  @Test
  void putsTheBlockBeforeALastLineWithoutAnEnd() {
    node.write("etc/subuid", "# mine\nadmin:100000:65536");
    node.sync(registry);
    assertThat(node.read("etc/subuid"))
        .startsWith("# mine\n# BEGIN cadastre")
        .endsWith("# END cadastre\nadmin:100000:65536");
    Map<String, String> before = node.files();
    node.sync(registry);
    assertThat(node.files()).isEqualTo(before);
  }

  @Test
  void readsABodyThatIsNotCompressed() {
    registry.withoutGzip();
    assertThat(node.sync(registry).status()).isZero();
    assertThat(node.sync(registry).out()).endsWith("unchanged\n");
  }

  @Test
  void asksUnconditionallyOfAServiceWithoutTags() {
    registry.withoutEtag();
    node.sync(registry);
    registry.asked();
    Map<String, String> before = node.files();
    assertThat(node.sync(registry).out()).endsWith("unchanged\n");
    assertThat(registry.asked()).containsExactly("/v1/snapshot - 200");
    assertThat(node.files()).isEqualTo(before);
  }

  @Test
  void failsWithoutServiceAndSnapshot() {
    node.write("etc/cadastre/node.conf", "patience = 1\n");
    registry.answerWith(503);
    Run run = node.sync(registry);
    assertThat(run.status()).isEqualTo(ExitStatus.TRY_AGAIN);
    assertThat(run.err()).contains("/v1/snapshot answers with status 503");
    assertThat(node.files()).doesNotContainKey("etc/subuid");
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 404})
  void doesNotRetryWhereThatCannotHelp(int status) {
    registry.answerWith(status);
    Run run = node.sync(registry);
    assertThat(run.status()).isEqualTo(ExitStatus.UNAVAILABLE);
    assertThat(run.err()).contains("is this the URL of a Cadastre service?");
    assertThat(registry.asked()).hasSize(1); // a redirect is not followed
  }

  @Test
  void triesTheNextUrl() {
    try (TestRegistry other = TestRegistry.serving(Snapshots.three(42))) {
      registry.answerWith(503);
      node.write(
          "etc/cadastre/node.conf", "url = %s\nurl = %s/\n".formatted(registry.url(), other.url()));
      assertThat(node.run("sync").status()).isZero();
      assertThat(registry.asked()).hasSize(1);
      registry.answerWith(200);
      other.asked();
      // The tag belongs to the snapshot and is valid for every service.
      assertThat(node.run("sync").out()).endsWith("unchanged\n");
      assertThat(registry.asked()).containsExactly("/v1/snapshot known 304");
      assertThat(other.asked()).isEmpty();
    }
  }

  @Test
  void aSymlinkIsNotFollowed() throws IOException {
    node.write("elsewhere", "mine\n");
    Files.createSymbolicLink(node.path("etc/subgid"), node.path("elsewhere"));
    Run run = node.sync(registry);
    assertThat(run.status()).isEqualTo(ExitStatus.CANNOT_CREATE);
    assertThat(run.err()).contains("etc/subgid is a link");
    assertThat(node.read("elsewhere")).isEqualTo("mine\n");
    assertThat(node.files()).doesNotContainKey("etc/subuid");
  }

  @Test
  void theStateDoesNotLeadOutOfTheTree(@TempDir Path outside) throws IOException {
    Files.createDirectories(node.path("var"));
    Files.createSymbolicLink(node.path("var/lib"), outside);
    assertThat(node.sync(registry).status()).isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void leavesNothingBehind() throws IOException {
    node.write("etc/.subuid.cadastre-new", "left by a run that was killed");
    node.write("etc/.subuid.cadastre-lock", "likewise");
    node.sync(registry);
    try (var files = Files.list(node.path("etc"))) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder(".pwd.lock", "passwd", "group", "subuid", "subgid");
    }
  }

  @Test
  void aDamagedStateCostsOneFetchAndNoMore() {
    node.sync(registry);
    String good = node.read("var/lib/cadastre/state");
    for (String damaged : new String[] {"", "x", good.replace("serial 42", "serial x")}) {
      node.write("var/lib/cadastre/state", damaged);
      registry.asked();
      assertThat(node.sync(registry).out()).endsWith("wrote /var/lib/cadastre/state\n");
      assertThat(registry.asked()).containsExactly("/v1/snapshot - 200");
      assertThat(node.read("var/lib/cadastre/state")).isEqualTo(good);
    }
  }

  @Test
  void namesWhatIsMissing() {
    assertThat(node.run("sync").err()).contains("no service is named: pass --url");
    assertThat(node.run("sync").status()).isEqualTo(ExitStatus.USAGE);
    assertThat(node.run("sync", "--url", "registry.example.org").err()).contains("is no URL");
  }

  @Test
  void needsASystemsTree(@TempDir Path empty) {
    StringWriter err = new StringWriter();
    String[] args = {"sync", "--url", registry.url(), "--root", empty.toString()};
    int status = Main.run(args, new PrintWriter(new StringWriter()), new PrintWriter(err));
    assertThat(status).isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(err.toString()).contains("etc is no directory; --root expects a system's file tree");
  }

  @Test
  void keepsBytesThatAreNotUtf8() {
    byte[] local = "\u00ff\u0000".getBytes(StandardCharsets.ISO_8859_1);
    local[1] = (byte) 0x80;
    node.write("etc/subuid", local);
    node.sync(registry);
    assertThat(node.files().get("etc/subuid")).endsWith("# END cadastre\n\u00ff\u0080");
  }
}
