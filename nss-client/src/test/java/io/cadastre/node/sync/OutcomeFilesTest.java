/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import static io.cadastre.node.Snapshots.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.node.ScratchNode;
import io.cadastre.node.Snapshots;
import io.cadastre.node.TestRegistry;
import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.guard.Acceptances;
import io.cadastre.node.guard.Rule;
import io.cadastre.node.guard.SyncRefused;
import io.cadastre.node.settings.SettingsFile;
import io.cadastre.node.tree.NodeTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Review F4: what a sync of a running system records about its outcome, on a scratch tree. */
final class OutcomeFilesTest {
  private static final String CONFIRMED = "var/lib/cadastre/confirmed";
  private static final String METRICS = "var/lib/metrics/cadastre.prom";
  private static final Instant FIRST = Instant.ofEpochSecond(1_795_791_600);
  private static final Instant SECOND = FIRST.plus(Duration.ofMinutes(15));

  private final TestRegistry registry = TestRegistry.serving(Snapshots.three(42));
  private final List<String> warnings = new ArrayList<>();
  private String settings = "url = %s\n".formatted(registry.url());
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

  private SyncOptions options(boolean dryRun) throws Exception {
    return new SyncOptions(
        SettingsFile.settings("node.conf", settings),
        Acceptances.NONE,
        Acceptances.NONE,
        false,
        dryRun);
  }

  /** A sync as of a running system, at this time. */
  private Sync.Result syncAt(Instant now) throws Exception {
    OutcomeFiles files =
        new OutcomeFiles(
            tree,
            options(false).settings().monitoring().metrics(),
            Clock.fixed(now, ZoneOffset.UTC),
            warnings::add);
    return Sync.run(tree, options(false), warnings::add, Optional.of(files));
  }

  private void refusesAt(Instant now, Rule rule) {
    assertThatThrownBy(() -> syncAt(now))
        .isInstanceOfSatisfying(
            SyncRefused.class, refused -> assertThat(refused.rule()).isEqualTo(rule));
  }

  private static String line(Instant confirmed, Instant answered, String refused) {
    return "confirmed %d answered %d refused %s\n"
        .formatted(confirmed.getEpochSecond(), answered.getEpochSecond(), refused);
  }

  @Test
  void onlyARunningSystemRecordsAndNoDryRunDoes() throws Exception {
    NodeTree live = NodeTree.open(Path.of("/"));
    assertThat(OutcomeFiles.of(live, options(false), warnings::add)).isPresent();
    assertThat(OutcomeFiles.of(live, options(true), warnings::add)).isEmpty();
    assertThat(OutcomeFiles.of(tree, options(false), warnings::add)).isEmpty();
    node.sync(registry);
    assertThat(node.path("var/lib/cadastre/state")).exists();
    assertThat(node.path(CONFIRMED)).doesNotExist();
  }

  @Test
  void a304MovesNoOtherFile() throws Exception {
    syncAt(FIRST);
    assertThat(node.read(CONFIRMED)).isEqualTo(line(FIRST, FIRST, "none"));
    Map<String, String> before = node.files();
    registry.asked();
    syncAt(SECOND);
    assertThat(registry.asked()).containsExactly("/v1/snapshot known 304");
    assertThat(node.read(CONFIRMED)).isEqualTo(line(SECOND, SECOND, "none"));
    Map<String, String> after = node.files();
    assertThat(after.remove(CONFIRMED)).startsWith("100644 0:0 ");
    before.remove(CONFIRMED);
    assertThat(after).isEqualTo(before);
    assertThat(warnings).isEmpty();
  }

  @Test
  void aServiceThatIsAwayMovesNothing() throws Exception {
    syncAt(FIRST);
    Map<String, String> before = node.files();
    registry.answerWith(503);
    assertThat(syncAt(SECOND).unavailable()).isPresent();
    assertThat(node.files()).isEqualTo(before);
  }

  @Test
  void aRefusedAnswerKeepsTheConfirmedTime() throws Exception {
    syncAt(FIRST);
    registry.serve(Snapshots.of(41, row("alice", 1001)));
    refusesAt(SECOND, Rule.OLDER);
    assertThat(node.read(CONFIRMED)).isEqualTo(line(FIRST, SECOND, "older"));
    registry.serve("no snapshot\n".getBytes(StandardCharsets.UTF_8), "damaged");
    refusesAt(SECOND.plusSeconds(1), Rule.DIGEST);
    assertThat(node.read(CONFIRMED)).isEqualTo(line(FIRST, SECOND.plusSeconds(1), "digest"));
    registry.serve(Snapshots.three(43));
    syncAt(SECOND.plusSeconds(2));
    assertThat(node.read(CONFIRMED))
        .isEqualTo(line(SECOND.plusSeconds(2), SECOND.plusSeconds(2), "none"));
  }

  @Test
  void aRefusedFirstAnswerIsRecordedToo() {
    registry.serve(Snapshots.of(1));
    refusesAt(FIRST, Rule.EMPTY);
    assertThat(node.read(CONFIRMED))
        .isEqualTo("confirmed unknown answered 1795791600 refused empty\n");
  }

  @Test
  void aRefusalWithoutAnAnswerMovesNothing() throws Exception {
    syncAt(FIRST);
    Map<String, String> before = node.files();
    registry.answerWith(503);
    settings += "window = 2000000000-2000065535\n";
    refusesAt(SECOND, Rule.WINDOW);
    assertThat(node.files()).isEqualTo(before);
  }

  /** The service has said that the node's snapshot is the current one. */
  @Test
  void a304CountsAlthoughTheNodeThenRefusesWhatItHas() throws Exception {
    syncAt(FIRST);
    settings += "window = 2000000000-2000065535\n";
    registry.asked();
    refusesAt(SECOND, Rule.WINDOW);
    assertThat(registry.asked()).containsExactly("/v1/snapshot known 304");
    assertThat(node.read(CONFIRMED)).isEqualTo(line(SECOND, SECOND, "window"));
  }

  @Test
  void theFileIsNoInputOfTheSync() throws Exception {
    syncAt(FIRST);
    node.write(CONFIRMED, "garbage");
    registry.asked();
    assertThat(syncAt(SECOND).replaced()).isEmpty();
    assertThat(registry.asked()).containsExactly("/v1/snapshot known 304");
    assertThat(node.read(CONFIRMED)).isEqualTo(line(SECOND, SECOND, "none"));
  }

  @Test
  void aFailureToWriteIsAWarning() throws Exception {
    node.write(CONFIRMED + "/in-the-way", "");
    settings += "metrics = /no/such/folder/cadastre.prom\n";
    assertThat(syncAt(FIRST).serial()).isEqualTo(42);
    assertThat(warnings)
        .satisfiesExactly(
            confirmed ->
                assertThat(confirmed)
                    .startsWith("warning: " + node.path(CONFIRMED) + " is not written (")
                    .endsWith(
                        "): status, verify and check do not see this contact; remove what has its"
                            + " name, and make its folder writable for root"),
            figures ->
                assertThat(figures)
                    .endsWith(
                        "/no/such/folder/cadastre.prom is not written (there is no such folder);"
                            + " its folder must exist and be writable for root, in the systemd unit"
                            + " by ReadWritePaths"));
    assertThat(node.path("var/lib/cadastre").toFile().list())
        .doesNotContain(".confirmed.cadastre-new");
    registry.serve(Snapshots.of(41, row("alice", 1001)));
    refusesAt(SECOND, Rule.OLDER);
    assertThat(warnings).hasSizeGreaterThan(2);
  }

  @Test
  void anOldFileThatIsNotReplacedShowsAnEarlierSync() throws Exception {
    Files.createDirectories(node.path(METRICS + "/in-the-way"));
    settings += "metrics = /%s\n".formatted(METRICS);
    syncAt(FIRST);
    assertThat(warnings)
        .satisfiesExactly(all -> assertThat(all).contains(") and shows an earlier sync; its"));
  }

  @Test
  void aDamagedContactLeavesTheMetricsWithoutOne() throws Exception {
    Files.createDirectories(node.path("var/lib/metrics"));
    settings += "metrics = /%s\n".formatted(METRICS);
    node.write(CONFIRMED + "/in-the-way", "");
    registry.serve(Snapshots.of(1));
    refusesAt(FIRST, Rule.EMPTY);
    assertThat(metrics()).containsEntry("last_contact_timestamp_seconds", 0L);
    assertThat(warnings).hasSize(1);
  }

  @Test
  void metricsTellOfEachSync() throws Exception {
    Files.createDirectories(node.path("var/lib/metrics"));
    for (String mode : List.of("files", "plugin")) {
      settings = "url = %s\nmode = %s\nmetrics = /%s\n".formatted(registry.url(), mode, METRICS);
      registry.answerWith(200);
      registry.serve(Snapshots.three(42));
      syncAt(FIRST);
      assertThat(metrics())
          .containsEntry("serial", 42L)
          .containsEntry("rows", 3L)
          .containsEntry("held", 0L)
          .containsEntry("last_contact_timestamp_seconds", FIRST.getEpochSecond())
          .containsEntry("refused{rule=\"older\"}", 0L)
          .hasSize(5 + Rule.values().length);
      syncAt(SECOND); // 304
      assertThat(metrics())
          .containsEntry("last_contact_timestamp_seconds", SECOND.getEpochSecond());

      registry.serve(Snapshots.of(41, row("alice", 1001)));
      refusesAt(SECOND.plusSeconds(1), Rule.OLDER);
      Map<String, Long> refused = metrics();
      assertThat(refused)
          .containsEntry("serial", 42L)
          .containsEntry("rows", 3L)
          .containsEntry("last_contact_timestamp_seconds", SECOND.getEpochSecond())
          .containsEntry("last_answer_timestamp_seconds", SECOND.getEpochSecond() + 1)
          .containsEntry("refused{rule=\"older\"}", 1L)
          .containsEntry("refused{rule=\"digest\"}", 0L);

      registry.answerWith(503);
      syncAt(SECOND.plusSeconds(2));
      assertThat(metrics()).isEqualTo(refused);
    }
    assertThat(warnings).isEmpty();
  }

  @Test
  void metricsOfANodeWithoutASnapshotAreZero() throws Exception {
    Files.createDirectories(node.path("var/lib/metrics"));
    settings += "metrics = /%s\n".formatted(METRICS);
    registry.serve(Snapshots.of(1));
    refusesAt(FIRST, Rule.EMPTY);
    assertThat(metrics())
        .containsEntry("serial", 0L)
        .containsEntry("last_contact_timestamp_seconds", 0L)
        .containsEntry("refused{rule=\"empty\"}", 1L);
  }

  private void failsAt(Instant now, int status) {
    assertThatThrownBy(() -> syncAt(now))
        .isInstanceOfSatisfying(
            NodeFailure.class, failure -> assertThat(failure.exitStatus()).isEqualTo(status));
  }

  @Test
  void metricsTellOfANodeThatNeverReachedItsService() throws Exception {
    Files.createDirectories(node.path("var/lib/metrics"));
    registry.answerWith(404);
    settings += "metrics = /%s\n".formatted(METRICS);
    failsAt(FIRST, ExitStatus.UNAVAILABLE);
    assertThat(metrics())
        .containsEntry("serial", 0L)
        .containsEntry("last_contact_timestamp_seconds", 0L)
        .containsEntry("last_answer_timestamp_seconds", 0L);
    assertThat(node.path(CONFIRMED)).doesNotExist();
    assertThat(warnings).isEmpty();
  }

  @Test
  void metricsTellOfASyncThatFailed() throws Exception {
    Files.createDirectories(node.path("var/lib/metrics"));
    settings += "metrics = /%s\n".formatted(METRICS);
    syncAt(FIRST);
    Map<String, Long> before = metrics();
    Path subuid = node.path("etc/subuid");
    Files.move(subuid, node.path("etc/subuid.site"));
    Files.createSymbolicLink(subuid, Path.of("subuid.site"));
    Files.delete(node.path(METRICS));
    failsAt(SECOND, ExitStatus.CANNOT_CREATE);
    assertThat(metrics()).isEqualTo(before);
    assertThat(node.read(CONFIRMED)).isEqualTo(line(FIRST, FIRST, "none"));

    Files.delete(subuid);
    settings += "ca-file = /etc/no-certificate\n";
    Files.delete(node.path(METRICS));
    failsAt(SECOND, ExitStatus.CONFIGURATION);
    assertThat(metrics()).isEqualTo(before);

    settings = settings.replaceFirst("ca-file.*\n", "");
    node.write("etc/subuid/in-the-way", ""); // so that reading fails
    Files.delete(node.path(METRICS));
    assertThatThrownBy(() -> syncAt(SECOND)).isInstanceOfAny(IOException.class, NodeFailure.class);
    assertThat(metrics()).isEqualTo(before);
    assertThat(warnings).isEmpty();
  }

  private Map<String, Long> metrics() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(node.path(METRICS))))
        .isEqualTo("rw-r--r--");
    Map<String, Long> samples = new TreeMap<>();
    PrometheusText.parse(node.read(METRICS))
        .forEach((name, value) -> samples.put(name.replaceFirst("^cadastre_node_", ""), value));
    return samples;
  }
}
