/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.ScratchNode.Run;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SnapshotRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** This version continues from the files of version 616014b, in both modes. */
class EarlierNodeTest {
  private static final Path FIXTURES = Path.of("src/test/resources/616014b");

  private static ScratchNode node(String mode, Path root) throws IOException {
    ScratchNode node = new ScratchNode(root);
    Path tree = FIXTURES.resolve(mode);
    try (Stream<Path> files = Files.walk(tree).filter(Files::isRegularFile)) {
      for (Path file : files.toList()) {
        node.write(tree.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return node;
  }

  private static Snapshot snapshot() throws IOException, SnapshotRefused {
    return Snapshot.parse(Files.readAllBytes(FIXTURES.resolve("snapshot")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"files", "plugin"})
  void isVerifiedAndAnswersAsBefore(String mode, @TempDir Path root) throws Exception {
    ScratchNode node = node(mode, root);

    Run verified = node.run("verify");
    assertThat(verified.status()).as(verified.err()).isZero();
    assertThat(node.run("getsubids", "so\u00adft").out()).contains("1001586688 65536");
    assertThat(node.run("who", "700000001").out()).contains("joe");
  }

  @ParameterizedTest
  @ValueSource(strings = {"files", "plugin"})
  void equalSnapshotChangesNothing(String mode, @TempDir Path root) throws Exception {
    ScratchNode node = node(mode, root);
    Map<String, String> before = node.files();
    try (TestRegistry registry = TestRegistry.serving(snapshot())) {
      Run run = node.sync(registry);

      assertThat(run.status()).as(run.err()).isZero();
      assertThat(registry.asked()).hasSize(1).first().asString().startsWith("/v1/snapshot known");
    }
    // The state also covers /etc/passwd, which differs here.
    before.remove("var/lib/cadastre/state");
    assertThat(node.files()).containsAllEntriesOf(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"files", "plugin"})
  void nextSnapshotIsAccepted(String mode, @TempDir Path root) throws Exception {
    ScratchNode node = node(mode, root);
    Snapshot known = snapshot();
    Snapshot next =
        Snapshot.of(
            known.ledger(),
            known.serial() + 1,
            known.head(),
            Stream.concat(known.rows().stream(), Stream.of(Snapshots.row("new", 1014))).toList());
    try (TestRegistry registry = TestRegistry.serving(next)) {
      Run run = node.sync(registry);

      assertThat(run.status()).as(run.err()).isZero();
    }
    assertThat(node.run("getsubids", "new").status()).isZero();
    assertThat(new String(next.render(), StandardCharsets.UTF_8))
        .isEqualTo(node.read("var/lib/cadastre/snapshot"));
  }
}
