/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.fetch.Services;
import io.cadastre.node.guard.Hold;
import io.cadastre.node.json.Json;
import io.cadastre.node.settings.NodeSettings;
import io.cadastre.node.tree.FileContent;
import io.cadastre.node.tree.FileStat;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.node.tree.TreeFileReader;
import io.cadastre.node.tree.TreeUnfit;
import io.cadastre.node.tree.UnsyncedFile;
import io.cadastre.subid.Finding;
import io.cadastre.subid.NodeName;
import io.cadastre.subid.Printable;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Tells the service that answered what this node serves: after a sync that changed a file, and else
 * once an hour. The file /var/lib/cadastre/reported has the serial of the last report, and its time
 * is that of the report. No sync depends on it: a failure is a warning.
 *
 * @param tree the tree of the node
 * @param settings its settings
 * @param warning receives a message if the report cannot be sent
 */
record NodeReporter(NodeTree tree, NodeSettings settings, Consumer<String> warning) {
  private static final Path KERNEL_HOST_NAME = Path.of("/proc/sys/kernel/hostname");
  private static final int LONGEST_HOST_NAME = 300;
  private static final Duration INTERVAL = Duration.ofHours(1);

  /** As many findings as a service takes, and their length in characters. */
  private static final int MOST_FINDINGS = 10;

  private static final int LONGEST_FINDING = 300;

  /** Sends a report if one is due. */
  void after(Sync.Result result, Services services, Instant now) {
    if (result.unavailable().isPresent()) {
      return;
    }
    try {
      if (isDue(result, now)) {
        NodeName node = name();
        services.report(node, body(result), settings.timeout());
        new UnsyncedFile(tree, tree.reported()).replace(serial(result));
      }
    } catch (IOException | NodeFailure e) {
      warning.accept(
          "warning: the service was not told what this node serves: %s; \"report = no\" in node.conf ends these reports"
              .formatted(e.getMessage()));
    }
  }

  private boolean isDue(Sync.Result result, Instant now) throws IOException, TreeUnfit {
    if (!result.replaced().isEmpty()) {
      return true;
    }
    Optional<FileStat> last = tree.stat(tree.reported());
    if (last.isEmpty()
        || last.get().modified().isAfter(now)
        || !last.get().modified().isAfter(now.minus(INTERVAL))) {
      return true;
    }
    Optional<FileContent> reported =
        new TreeFileReader(tree).readAll(tree.stateDirectory(), false, "reported").get(0);
    return reported.isEmpty() || !Arrays.equals(reported.get().bytes(), serial(result));
  }

  private static String line(Sync.Result result) {
    return result.serial() + "\n";
  }

  private static byte[] serial(Sync.Result result) {
    return line(result).getBytes(StandardCharsets.US_ASCII);
  }

  private NodeName name() throws IOException, NodeFailure {
    Optional<NodeName> configured = settings.reporting().node();
    if (configured.isPresent()) {
      return configured.get();
    }
    try {
      return new NodeName(
          new TreeFileReader(tree)
              .readLinked(KERNEL_HOST_NAME, LONGEST_HOST_NAME)
              .map(bytes -> new String(bytes, StandardCharsets.US_ASCII).strip())
              .orElse(""));
    } catch (IllegalArgumentException e) {
      throw new TreeUnfit(
          ExitStatus.CONFIGURATION,
          "the name of this host is none that a report can have (%s); set node-name in node.conf"
              .formatted(e.getMessage()));
    }
  }

  /** From the files: what the node serves, and not what it was sent. */
  private byte[] body(Sync.Result result) throws IOException, NodeFailure {
    NodeState state = NodeState.read(tree);
    Optional<Snapshot> snapshot = state.lastGood();
    Optional<FileStat> file = tree.stat(tree.snapshot());
    if (snapshot.isEmpty() || file.isEmpty()) {
      throw new TreeUnfit(ExitStatus.TRY_AGAIN, tree.snapshot() + " is damaged or missing");
    }
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("ledger", snapshot.get().ledger().toString());
    report.put("serial", snapshot.get().serial());
    report.put("digest", snapshot.get().digest());
    result.seen().ifPresent(seen -> report.put("head", seen.head().toString()));
    report.put("applied", file.get().modified().truncatedTo(ChronoUnit.SECONDS).toString());
    report.put("mode", settings.mode().name().toLowerCase(Locale.ROOT));
    report.put("held", state.holds());
    List<Finding> findings =
        Stream.concat(result.warnings().stream(), result.held().stream().map(Hold::finding))
            .toList();
    // A sync that changed nothing has checked nothing: the service keeps what was found before.
    if (!result.replaced().isEmpty() || !findings.isEmpty()) {
      report.put("findingCount", findings.size());
      report.put(
          "findings", findings.stream().limit(MOST_FINDINGS).map(NodeReporter::line).toList());
    }
    report.put("version", Version.text());
    return Json.of(report).getBytes(StandardCharsets.UTF_8);
  }

  private static String line(Finding finding) {
    String text =
        Printable.of("%s %s: %s".formatted(finding.rule(), finding.subject(), finding.message()));
    if (text.length() <= LONGEST_FINDING) {
      return text;
    }
    int end = LONGEST_FINDING - 3;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
        + "...";
  }
}
