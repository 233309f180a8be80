/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.guard.Acceptances;
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
 * Whether a node serves what it last took: the stored snapshot is whole, rendering it again gives
 * the very files that are there, and the guards would still let it pass. No network.
 */
public final class Verification {
  private final NodeState present;
  private final List<Finding> findings = new ArrayList<>();

  private Verification(NodeState present) {
    this.present = present;
  }

  /** What is wrong; no finding of severity error means that the node serves well. */
  public static List<Finding> of(NodeState present, NodeSettings settings, Acceptances accepted) {
    Verification verification = new Verification(present);
    verification.check(settings, accepted);
    Nsswitch.check(present.nsswitch(), settings.mode()).ifPresent(verification.findings::add);
    return verification.findings;
  }

  private void check(NodeSettings settings, Acceptances accepted) {
    Optional<Snapshot> snapshot = present.lastGood();
    if (snapshot.isEmpty()) {
      add("snapshot", shown(present.tree().snapshot()), "there is none, or it is damaged");
      return;
    }
    Optional<SyncState> state = present.lastState();
    Acceptances all = accepted.and(state.map(SyncState::accepted).orElse(Acceptances.NONE));
    SyncOptions orders = new SyncOptions(settings, all, Acceptances.NONE, false, false);
    try {
      GuardReport judgement = GuardReport.of(present, snapshot, snapshot.get(), orders, all);
      findings.addAll(judgement.refused());
      Rendering.of(present, snapshot.get(), settings, RowAdoption.of(orders, snapshot.get()))
          .replacements(present, settings.mode())
          .stream()
          .filter(Replacement::changes)
          .forEach(this::addDifference);
    } catch (NodeFailure e) {
      add(Rule.MARKERS.word(), "the managed block", String.valueOf(e.getMessage()));
    }
    if (!present.snapshot().map(FileContent::fit).orElse(false)) {
      add("mode", shown(present.tree().snapshot()), "it is not root's with mode 0644");
    }
    if (state.isEmpty()) {
      findings.add(
          new Finding(
              "state",
              Severity.WARNING,
              shown(present.tree().state()),
              "there is none, or it is damaged",
              "the next sync writes it"));
    }
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
    return present.tree().shown(path);
  }

  private void add(String rule, String subject, String message) {
    findings.add(new Finding(rule, Severity.ERROR, subject, message, "run cadastre-node sync"));
  }
}
