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

/** N08, N23 and N25: what lies about on the node beside what the registry says. */
final class RegistryChecks {
  /** Two hours: eight runs of the timer. */
  private static final Duration OLD = Duration.ofHours(2);

  /** Somebody else who hands out IDs, those IDs, and what shows that he is here. */
  private record Neighbour(String name, IdRange ids, List<String> signs) {}

  private static final List<Neighbour> NEIGHBOURS =
      List.of(
          new Neighbour(
              "the kubelet",
              IdRange.between(65536, 7274495),
              List.of("/var/lib/kubelet/config.yaml", "/etc/kubernetes/kubelet.conf")),
          new Neighbour(
              "Incus or LXD",
              IdRange.between(1000000, 1000999999),
              List.of("/var/lib/incus", "/var/lib/lxd")),
          // nspawn -U and nsresourced look whether NSS knows an ID before they take it; a
          // subordinate one it does not know.
          new Neighbour(
              "systemd-nspawn or systemd-nsresourced",
              IdRange.between(524288, 1879048191),
              List.of("/run/systemd/nspawn", "/run/systemd/nsresource")));

  private RegistryChecks() {}

  static CheckOutcome residue(CheckedNode node) throws Unobservable {
    List<String> odd = new ArrayList<>();
    for (IdType type : IdType.values()) {
      String name = "/etc/" + type.word();
      List<SubidFile.Line> lines =
          SubidFile.decode(node.sight().bytes(name).orElse(new byte[0])).lines();
      for (int i = 0; i < lines.size(); i++) {
        String text = lines.get(i).text();
        if (lines.get(i).row().isEmpty() && !text.isBlank() && !text.startsWith("#")) {
          odd.add("%s:%d is no row, and passed over".formatted(name, i + 1));
        }
      }
    }
    if (node.present().lastGood().isPresent()) {
      Verification.of(node.present(), node.settings(), node.accepted()).stream()
          .filter(finding -> finding.severity() == Severity.ERROR)
          .map(RegistryChecks::said)
          .forEach(odd::add);
    }
    return odd.isEmpty()
        ? CheckOutcome.pass("no row of /etc/subuid and /etc/subgid is odd")
        : CheckOutcome.warn(
            said(odd), "cadastre-node verify names all of it; sync --adopt takes equal rows over.");
  }

  static CheckOutcome fresh(CheckedNode node) throws Unobservable {
    Optional<Snapshot> snapshot = node.present().lastGood();
    if (snapshot.isEmpty()) {
      return node.settings().urls().isEmpty()
          ? CheckOutcome.notApplicable("this node takes its ranges from no registry")
          : CheckOutcome.fail("there is no stored snapshot", "Run cadastre-node sync.");
    }
    if (node.present().lastState().isEmpty()) {
      return CheckOutcome.warn(
          "the state of the last sync is missing or damaged", "Run cadastre-node sync.");
    }
    String state = node.present().tree().shown(node.present().tree().state());
    Instant written =
        node.sight().look(state).orElseThrow(() -> new Unobservable(state + " is gone")).modified();
    Duration age = Duration.between(written, Clock.systemUTC().instant());
    String said = "serial %d, %d min ago".formatted(snapshot.get().serial(), age.toMinutes());
    return age.compareTo(OLD) > 0
        ? CheckOutcome.warn(
            "the state was last written with " + said,
            "systemctl status cadastre-node.timer; a registry without changes is no fault.")
        : CheckOutcome.pass(said);
  }

  static CheckOutcome neighbours(CheckedNode node) throws Unobservable {
    Optional<Snapshot> snapshot = node.present().lastGood();
    if (snapshot.isEmpty()) {
      return CheckOutcome.unknown("without a snapshot the registry's ranges are not known");
    }
    List<String> clashes = new ArrayList<>();
    for (Neighbour neighbour : NEIGHBOURS) {
      for (String sign : neighbour.signs()) {
        if (clashes(neighbour, snapshot.get()) && node.sight().exists(sign)) {
          clashes.add(
              "%s is here (%s), and its IDs %d to %d overlap ranges of the registry"
                  .formatted(
                      neighbour.name(), sign, neighbour.ids().start(), neighbour.ids().last()));
        }
      }
    }
    return clashes.isEmpty()
        ? CheckOutcome.pass("nobody else on this node hands out the registry's IDs")
        : CheckOutcome.warn(
            said(clashes),
            "Choose a pool outside their IDs, or have them use another part: docs/id-space.md.");
  }

  private static boolean clashes(Neighbour neighbour, Snapshot snapshot) {
    return snapshot.rows().stream().anyMatch(row -> row.uidRange().overlaps(neighbour.ids()));
  }

  private static String said(Finding finding) {
    return finding.rule() + ": " + finding.subject() + ": " + finding.message();
  }

  /** The first of many tells. */
  private static String said(List<String> all) {
    return all.get(0) + (all.size() > 1 ? ", and %d more".formatted(all.size() - 1) : "");
  }
}
