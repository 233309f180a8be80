/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.settings.Monitoring;
import io.cadastre.node.sync.Contact;
import io.cadastre.node.sync.Heads;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.node.tree.TreeUnfit;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Snapshot;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * N23, N25 and N32: the snapshot and the programs on the node that do not agree with the registry.
 */
final class RegistryChecks {
  /** The limit without max-age: two hours, which are eight runs of the timer. */
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
    NodeTree tree = node.nodeState().tree();
    String serial = "serial " + snapshot.get().serial();
    Instant now = Clock.systemUTC().instant();
    try {
      return Contact.isRecorded(tree)
          ? fresh(serial, Contact.read(tree, now), node.settings().monitoring(), now)
          : CheckOutcome.notApplicable(serial + "; an image records no contact with the service");
    } catch (IOException | TreeUnfit e) {
      throw new Unobservable("the last contact with the service cannot be read: " + e.getMessage());
    }
  }

  private static CheckOutcome fresh(
      String serial, Contact contact, Monitoring monitoring, Instant now) {
    return contact
        .stale(monitoring.maxAge().orElse(OLD), now)
        .map(why -> CheckOutcome.warn(serial + ": " + why, "Run " + contact.nextStep() + "."))
        .orElseGet(() -> CheckOutcome.pass(serial + ": " + contact.last(now)));
  }

  static CheckOutcome heads(CheckedNode node) throws Unobservable {
    NodeTree tree = node.nodeState().tree();
    List<Finding> wrong = Heads.recentContradictions(tree, Clock.systemUTC().instant());
    if (!wrong.isEmpty()) {
      return CheckOutcome.warn(
          summary(wrong.stream().map(Finding::message).toList()), wrong.get(0).remedy());
    }
    try {
      int kept = Heads.read(tree).witnesses().size();
      return kept == 0
          ? CheckOutcome.notApplicable("this node keeps no heads of the event log yet")
          : CheckOutcome.pass(
              "%d heads are kept, and none of the last 30 days contradicts the one before it"
                  .formatted(kept));
    } catch (IOException | TreeUnfit e) {
      throw new Unobservable("the kept heads cannot be read: " + e.getMessage());
    }
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
            "Choose a pool outside their IDs, or configure them for other IDs; a kubelet needs an"
                + " owner of its own; see docs/id-space.md.");
  }

  private static boolean clashes(OtherAllocator other, Snapshot snapshot) {
    return snapshot.rows().stream().anyMatch(row -> row.uidRange().overlaps(other.ids()));
  }

  /** The first text, and the number of the others. */
  private static String summary(List<String> all) {
    return all.get(0) + (all.size() > 1 ? ", and %d more".formatted(all.size() - 1) : "");
  }
}
