/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import static io.cadastre.node.Snapshots.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.ScratchNode;
import io.cadastre.node.Snapshots;
import io.cadastre.node.TestRegistry;
import io.cadastre.node.guard.Acceptances;
import io.cadastre.node.settings.SettingsFile;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.Version;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sync of a running system tells the service, on a scratch tree. */
final class NodeReporterTest {
  private static final Snapshot FIRST = Snapshots.three(42);

  /** Not before the time of a file that is written now. */
  private final Instant start = Instant.now().plusSeconds(5);

  private final TestRegistry registry = TestRegistry.serving(FIRST);
  private final List<String> warnings = new ArrayList<>();
  private String settings =
      "url = %s\nreport = yes\nnode-name = N1.example.org\n".formatted(registry.url());
  private ScratchNode node;
  private NodeTree tree;

  @BeforeEach
  void setUp(@TempDir Path root) throws Exception {
    node = new ScratchNode(root);
    tree = NodeTree.open(root);
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private Sync.Result sync(Duration later) throws Exception {
    SyncOptions options =
        new SyncOptions(
            SettingsFile.settings("node.conf", settings),
            Acceptances.NONE,
            Acceptances.NONE,
            false,
            false);
    Clock clock = Clock.fixed(start.plus(later), ZoneOffset.UTC);
    return Sync.run(
        tree,
        options,
        warnings::add,
        Optional.of(new OutcomeFiles(tree, Optional.empty(), clock, warnings::add)));
  }

  @Test
  void tellsWhatItServes() throws Exception {
    registry.tell("7 " + "c".repeat(64));
    sync(Duration.ZERO);
    assertThat(registry.reports())
        .singleElement()
        .asString()
        .startsWith(
            "/v1/nodes/n1.example.org/report {\"ledger\":\"%s\",\"serial\":42,\"digest\":\"%s\",\"head\":\"7 %s\",\"applied\":\"20"
                .formatted(FIRST.ledger(), FIRST.digest(), "c".repeat(64)))
        .endsWith(
            "Z\",\"mode\":\"files\",\"held\":0,\"findingCount\":0,\"findings\":[],\"version\":\"%s\"}"
                .formatted(Version.text()));
    assertThat(warnings).isEmpty();
  }

  @Test
  void tellsAtOnceOfAChangeAndElseOnceAnHour() throws Exception {
    sync(Duration.ZERO);
    assertThat(registry.reports()).hasSize(1);
    sync(Duration.ofMinutes(15));
    sync(Duration.ofMinutes(55));
    assertThat(registry.reports()).isEmpty();
    sync(Duration.ofMinutes(61));
    // nothing was checked anew
    assertThat(registry.reports()).singleElement().asString().doesNotContain("findings");

    registry.serve(four());
    sync(Duration.ofMinutes(2));
    assertThat(registry.reports()).singleElement().asString().contains("\"serial\":43");
    Files.writeString(node.path("etc/subuid"), "");
    sync(Duration.ofMinutes(3));
    assertThat(registry.reports()).hasSize(1);
  }

  @Test
  void aReportThatWasRefusedIsAWarningAndSentAgain() throws Exception {
    for (int status : new int[] {401, 403, 404, 409, 429, 500, 503, 302}) {
      registry.answerReportsWith(status);
      assertThat(sync(Duration.ZERO).serial()).isEqualTo(42);
      assertThat(registry.reports()).hasSize(1);
      assertThat(warnings)
          .singleElement()
          .asString()
          .startsWith("warning: the service was not told what this node serves")
          .contains("status " + status);
      warnings.clear();
    }
    registry.answerReportsWith(204);
    sync(Duration.ofMinutes(1));
    assertThat(registry.reports()).hasSize(1);
    assertThat(warnings).isEmpty();
  }

  @Test
  void namesTheRowsThatItHolds() throws Exception {
    String passwd = node.read("etc/passwd");
    node.write("etc/passwd", passwd + "local:x:1001062401:1001062401::/:/bin/sh\n");
    sync(Duration.ZERO);
    assertThat(registry.reports())
        .singleElement()
        .asString()
        .contains("\"held\":1,\"findingCount\":2,\"findings\":[\"local-account ");
    sync(Duration.ofMinutes(70));
    assertThat(registry.reports())
        .singleElement()
        .asString()
        .contains("\"held\":1,\"version\"")
        .doesNotContain("findings");
  }

  @Test
  void isSilentUnlessAskedTo() throws Exception {
    settings = "url = %s\n".formatted(registry.url());
    sync(Duration.ZERO);
    assertThat(registry.reports()).isEmpty();
    settings = settings + "report = yes\n";
    node.write("etc/cadastre/node.conf", settings);
    registry.serve(four());
    node.run("sync"); // an image
    assertThat(registry.reports()).isEmpty();
    assertThat(node.path("var/lib/cadastre/reported")).doesNotExist();
  }

  @Test
  void aServiceThatDoesNotAnswerDelaysNoSyncBeyondItsTimeout() throws Exception {
    sync(Duration.ZERO);
    registry.reports();
    settings = settings.replace("report", "timeout = 1\nreport");
    try (ServerSocket silent = silent()) {
      long before = System.nanoTime();
      settings = settings.replace(registry.url(), "http://127.0.0.1:" + silent.getLocalPort());
      assertThat(sync(Duration.ofMinutes(70)).unavailable()).isPresent();
      assertThat(System.nanoTime() - before).isLessThan(3_000_000_000L);
    }
    assertThat(warnings).isEmpty();
  }

  private static Snapshot four() {
    return Snapshots.of(
        43, row("alice", 1001), row("bob", 1002), row("zoë", 1003), row("dan", 1004));
  }

  private static ServerSocket silent() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }
}
