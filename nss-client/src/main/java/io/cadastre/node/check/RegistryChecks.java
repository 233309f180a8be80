/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.sync.Verification;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Severity;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SubidFile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * N08, N23 and N25: rows, snapshot and programs on the node that do not agree with the registry.
 */
final class RegistryChecks {
  /** Two hours, which are eight runs of the timer. */
  private static final Duration OLD = Duration.ofHours(2);

  /**
   * Another program that allocates IDs.
   *
   * @param ids the IDs that it allocates
   * @param signs files that show that it is used here
   */
  private record OtherAllocator(String name, IdRange ids, List<String> signs) {}

  private static final List<String> KUBELET =
      List.of("/var/lib/kubelet/config.yaml", "/etc/kubernetes/kubelet.conf");

  private static final List<OtherAllocator> OTHER_ALLOCATORS =
      List.of(
          new OtherAllocator(
              "Incus or LXD",
              IdRange.between(1000000, 1000999999),
              List.of("/var/lib/incus", "/var/lib/lxd")),
          new OtherAllocator(
              "snapd", IdRange.between(524288, 589823), List.of("/var/lib/snapd/state.json")),
          // nspawn -U and nsresourced ask NSS before they use an ID, but NSS has no subordinate
          // IDs.
          new OtherAllocator(
              "systemd-nspawn or systemd-nsresourced",
              IdRange.between(524288, 1879048191),
              List.of("/run/systemd/nspawn", "/run/systemd/nsresource")));

  private RegistryChecks() {}

  static CheckOutcome residue(CheckedNode node) throws Unobservable {
    List<String> problems = new ArrayList<>();
    for (IdType type : IdType.values()) {
      String name = "/etc/" + type.word();
      List<SubidFile.Line> lines =
          SubidFile.decode(node.host().bytes(name).orElse(new byte[0])).lines();
      for (int i = 0; i < lines.size(); i++) {
        String text = lines.get(i).text();
        if (lines.get(i).row().isEmpty() && !text.isBlank() && !text.startsWith("#")) {
          problems.add("%s:%d is not a row and is ignored".formatted(name, i + 1));
        }
      }
    }
    if (node.nodeState().lastGood().isPresent()) {
      Verification.Result verified =
          Verification.run(node.nodeState(), node.settings(), node.accepted());
      verified.findings().stream()
          .filter(finding -> finding.severity() == Severity.ERROR)
          .map(RegistryChecks::summary)
          .forEach(problems::add);
      verified.held().stream()
          .map(
              hold ->
                  "the row of %s is held: ".formatted(hold.row().name()) + summary(hold.finding()))
          .forEach(problems::add);
    }
    return problems.isEmpty()
        ? CheckOutcome.pass("all rows of /etc/subuid and /etc/subgid are in order")
        : CheckOutcome.warn(
            summary(problems),
            "\"cadastre-node verify\" prints all of them; \"cadastre-node sync --adopt\" moves equal rows"
                + " into the managed block.");
  }

  static CheckOutcome fresh(CheckedNode node) throws Unobservable {
    Optional<Snapshot> snapshot = node.nodeState().lastGood();
    if (snapshot.isEmpty()) {
      return node.settings().urls().isEmpty()
          ? CheckOutcome.notApplicable("this node has no registry")
          : CheckOutcome.fail("there is no stored snapshot", "Run cadastre-node sync.");
    }
    if (node.nodeState().lastState().isEmpty()) {
      return CheckOutcome.warn(
          "the state of the last sync is missing or damaged", "Run cadastre-node sync.");
    }
    String state = node.nodeState().tree().shown(node.nodeState().tree().state());
    Instant written =
        node.host().stat(state).orElseThrow(() -> new Unobservable(state + " is gone")).modified();
    Duration age = Duration.between(written, Clock.systemUTC().instant());
    String text = "serial %d, %d min ago".formatted(snapshot.get().serial(), age.toMinutes());
    return age.compareTo(OLD) > 0
        ? CheckOutcome.warn(
            "the state was last written at " + text,
            "Run systemctl status cadastre-node.timer. Without changes in the registry this is normal.")
        : CheckOutcome.pass(text);
  }

  static CheckOutcome otherAllocators(CheckedNode node) throws Unobservable {
    Optional<Snapshot> snapshot = node.nodeState().lastGood();
    if (snapshot.isEmpty()) {
      return CheckOutcome.unknown(
          "there is no stored snapshot, so the ranges of the registry are not known");
    }
    List<String> clashes = new ArrayList<>();
    for (OtherAllocator other : OTHER_ALLOCATORS) {
      for (String sign : other.signs()) {
        if (clashes(other, snapshot.get()) && node.host().exists(sign)) {
          clashes.add(
              "%s is used here (%s), and its IDs %d to %d overlap ranges of the registry"
                  .formatted(other.name(), sign, other.ids().start(), other.ids().last()));
        }
      }
    }
    for (String sign : KUBELET) {
      if (node.host().exists(sign)) {
        KubeletRange.problem(node, snapshot.get())
            .ifPresent(
                why -> clashes.add("the kubelet is used here (%s): %s".formatted(sign, why)));
        break;
      }
    }
    return clashes.isEmpty()
        ? CheckOutcome.pass("no other program on this node allocates IDs of the registry")
        : CheckOutcome.warn(
            summary(clashes),
            "Choose a pool outside their IDs, or configure them for other IDs; a kubelet needs an owner of its own; see docs/id-space.md.");
  }

  private static boolean clashes(OtherAllocator other, Snapshot snapshot) {
    return snapshot.rows().stream().anyMatch(row -> row.uidRange().overlaps(other.ids()));
  }

  private static String summary(Finding finding) {
    return finding.rule() + ": " + finding.subject() + ": " + finding.message();
  }

  /** The first text, and the number of the others. */
  private static String summary(List<String> all) {
    return all.get(0) + (all.size() > 1 ? ", and %d more".formatted(all.size() - 1) : "");
  }
}
