/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.guard.Acceptances;
import io.cadastre.node.guard.Bindings;
import io.cadastre.node.guard.Hold;
import io.cadastre.node.guard.Rule;
import io.cadastre.node.settings.NodeSettings;
import io.cadastre.node.tree.FileContent;
import io.cadastre.node.tree.Replacement;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Severity;
import io.cadastre.subid.Snapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Verifies that a node serves what it last accepted: the stored snapshot is whole, rendering it
 * again gives the same files, and the guards still let it pass. Uses no network.
 */
public final class Verification {
  private final NodeState nodeState;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Hold> held = new ArrayList<>();

  /**
   * What a verification found.
   *
   * @param serial the serial of the stored snapshot; -1 without one
   * @param findings what is wrong, and warnings
   * @param held the rows of the stored snapshot that this node does not serve
   */
  public record Result(long serial, List<Finding> findings, List<Hold> held) {
    /** Whether the node serves what it last accepted, apart from the rows that are held. */
    public boolean good() {
      return findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR);
    }
  }

  private Verification(NodeState nodeState) {
    this.nodeState = nodeState;
  }

  /** Verifies a node. */
  public static Result run(NodeState nodeState, NodeSettings settings, Acceptances accepted) {
    Verification verification = new Verification(nodeState);
    verification.check(settings, accepted);
    Nsswitch.check(nodeState.nsswitch(), settings.mode(), nodeState.tree().live())
        .ifPresent(verification.findings::add);
    return new Result(
        nodeState.lastGood().map(Snapshot::serial).orElse(-1L),
        verification.findings,
        verification.held);
  }

  private void check(NodeSettings settings, Acceptances accepted) {
    Optional<Snapshot> snapshot = nodeState.lastGood();
    if (snapshot.isEmpty()) {
      add("snapshot", shown(nodeState.tree().snapshot()), "it does not exist, or it is damaged");
      return;
    }
    Optional<SyncState> state = nodeState.lastState();
    Bindings bindings = state.map(SyncState::bound).orElse(Bindings.NONE);
    Acceptances all =
        bindings
            .holding(accepted, snapshot.get())
            .and(state.map(SyncState::accepted).orElse(Acceptances.NONE));
    SyncOptions options = new SyncOptions(settings, all, Acceptances.NONE, false, false);
    try {
      checkFiles(snapshot.get(), options, all);
    } catch (NodeFailure e) {
      add(Rule.MARKERS.word(), "the managed block", String.valueOf(e.getMessage()));
    }
    if (!nodeState.snapshot().map(FileContent::fit).orElse(false)) {
      add("mode", shown(nodeState.tree().snapshot()), "it is not root's with mode 0644");
    }
    if (state.isEmpty()) {
      findings.add(
          new Finding(
              "state",
              Severity.WARNING,
              shown(nodeState.tree().state()),
              "it does not exist, or it is damaged",
              "the next sync writes it"));
    }
  }

  private void checkFiles(Snapshot snapshot, SyncOptions options, Acceptances accepted)
      throws NodeFailure {
    LocalFiles local = LocalFiles.of(nodeState, snapshot, options);
    GuardReport report =
        GuardReport.of(nodeState, Optional.of(snapshot), snapshot, local, options, accepted);
    findings.addAll(report.refused());
    report.held().forEach(hold -> held.add(new Hold(hold.finding(), hold.row(), false)));
    NodeSettings settings = options.settings();
    report.passed().stream()
        .filter(finding -> finding.severity() == Severity.WARNING)
        .forEach(findings::add);
    Snapshot served = report.served(snapshot);
    local = local.beside(served, report, nodeState, options);
    Rendering.of(nodeState, local, served, settings)
        .replacements(nodeState, settings.mode())
        .stream()
        .filter(Replacement::changes)
        .forEach(this::addDifference);
  }

  private void addDifference(Replacement file) {
    boolean same = Arrays.equals(file.before(), file.after());
    add(
        same ? "mode" : "differs",
        shown(file.path()),
        same
            ? "it is missing, or not root's with mode 0644"
            : "it is not what the stored snapshot gives");
  }

  private String shown(Path path) {
    return nodeState.tree().shown(path);
  }

  private void add(String rule, String subject, String message) {
    findings.add(new Finding(rule, Severity.ERROR, subject, message, "run cadastre-node sync"));
  }
}
