/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import io.cadastre.service.imports.ImportPlan.Pin;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Owner;
import io.cadastre.subid.Severity;
import io.cadastre.subid.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Judges whether the rows of one owner, on all nodes, can be imported unchanged. */
final class OwnerJudge {
  private final Owner owner;
  private final List<NodeRow> rows;
  private final ImportFacts facts;
  private final FindingGroups groups;
  private final List<Finding> findings = new ArrayList<>();

  OwnerJudge(Owner owner, List<NodeRow> rows, ImportFacts facts, FindingGroups groups) {
    this.owner = owner;
    this.rows = rows;
    this.facts = facts;
    this.groups = groups;
  }

  List<Finding> findings() {
    return findings;
  }

  /** The ranges of the owner, if no finding is an error and the ledger does not have them. */
  Optional<Pin> judge() {
    Optional<IdRange> uid = theRange(IdType.SUBUID);
    Optional<IdRange> gid = theRange(IdType.SUBGID);
    if (uid.isEmpty() || gid.isEmpty()) {
      return Optional.empty();
    }
    Pin pin = new Pin(owner, uid.get(), gid.get());
    compareHalves(pin);
    RangeJudge ranges = new RangeJudge(owner, facts, groups);
    findings.addAll(ranges.judge(IdType.SUBUID, pin.uidRange(), place(IdType.SUBUID)));
    if (!pin.gidRange().equals(pin.uidRange())) {
      findings.addAll(ranges.judge(IdType.SUBGID, pin.gidRange(), place(IdType.SUBGID)));
    }
    findings.addAll(ranges.overlaps(IdType.SUBUID, pin.uidRange(), place(IdType.SUBUID)));
    findings.addAll(ranges.overlaps(IdType.SUBGID, pin.gidRange(), place(IdType.SUBGID)));
    boolean known = compareWithLedger(pin);
    if (!known) {
      facts.namesake().apply(owner).ifPresent(this::refuseNamesake);
      refuseInvisible();
      refuseUid();
    }
    boolean clean = findings.stream().noneMatch(f -> f.severity() == Severity.ERROR);
    return clean && !known ? Optional.of(pin) : Optional.empty();
  }

  /** The range that all nodes agree on; empty, with a finding, if there is none. */
  private Optional<IdRange> theRange(IdType type) {
    List<NodeRow> mine = rows.stream().filter(row -> row.type() == type).toList();
    if (mine.isEmpty()) {
      add(
          "asymmetry",
          Severity.ERROR,
          rows.get(0).place(),
          "%s has a range in /etc/%s and none in /etc/%s"
              .formatted(owner.name(), other(type).word(), type.word()),
          "Give the missing file too, or leave the row out and allocate a new range.");
      return Optional.empty();
    }
    boolean several =
        mine.stream()
            .collect(
                Collectors.groupingBy(
                    NodeRow::node, Collectors.mapping(NodeRow::range, Collectors.toSet())))
            .values()
            .stream()
            .anyMatch(ranges -> ranges.size() > 1);
    TreeSet<IdRange> ranges =
        mine.stream().map(NodeRow::range).collect(Collectors.toCollection(TreeSet::new));
    if (ranges.size() == 1) {
      return Optional.of(ranges.first());
    }
    String places =
        mine.stream().map(r -> r.place() + " " + r.range()).collect(Collectors.joining(", "));
    add(
        several ? "several-ranges" : "disagreement",
        Severity.ERROR,
        mine.get(0).place(),
        several
            ? "%s has several %s ranges: %s".formatted(owner.name(), type.word(), places)
            : "the nodes give %s different %s ranges: %s"
                .formatted(owner.name(), type.word(), places),
        "An owner has one range. Keep the one that holds the owner's files, and leave the others out.");
    return Optional.empty();
  }

  private void compareHalves(Pin pin) {
    if (!pin.uidRange().equals(pin.gidRange())) {
      add(
          "asymmetry",
          Severity.WARNING,
          rows.get(0).place(),
          "%s has the subuid range %s and the subgid range %s"
              .formatted(owner.name(), pin.uidRange(), pin.gidRange()),
          "Nothing: both are pinned as they are.");
    }
  }

  /** Refuses an invisible character: a row may name the account by its uid. */
  private void refuseInvisible() {
    if (!owner.name().isAdmissible()) {
      add(
          "name-refused",
          Severity.ERROR,
          rows.get(0).place(),
          "the name %s (uid %d) holds an invisible character, so the range %s is not pinned"
              .formatted(owner.name(), owner.uidNumber(), rows.get(0).range()),
          "Rename the account to a name without invisible characters, and import again.");
    }
  }

  /** Refuses the uid that no new owner may have. */
  private void refuseUid() {
    if (!owner.hasAdmissibleUid()) {
      add(
          "uid-refused",
          Severity.ERROR,
          rows.get(0).place(),
          "the uid %d of %s is the 16-bit -1, so the range %s is not pinned"
              .formatted(owner.uidNumber(), owner.name(), rows.get(0).range()),
          "Give the account another uid, and import again.");
    }
  }

  /** Refuses an owner that shares name or uid with another: a file cannot tell the two apart. */
  private void refuseNamesake(Allocation namesake) {
    Owner other = namesake.owner();
    add(
        "identity-changed",
        Severity.ERROR,
        rows.get(0).place(),
        "%s (uid %d) has the stable id %s, and the ledger knows %s (uid %d) by %s, with the range %s"
            .formatted(
                owner.name(),
                owner.uidNumber(),
                owner.stableId(),
                other.name(),
                other.uidNumber(),
                other.stableId(),
                namesake.uidRange()),
        other.name().equals(owner.name()) && other.uidNumber() == owner.uidNumber()
            ? "If it is the same person, \"cadastre rebind %s --reason WHY\" and import again; otherwise leave the row out and allocate a new range."
                .formatted(ShellWord.of(owner.name().value()))
            : "Leave the row out and allocate a new range.");
  }

  /** Whether the ledger has the same ranges already. */
  private boolean compareWithLedger(Pin pin) {
    Optional<Allocation> recorded = facts.counting().apply(owner);
    if (recorded.isEmpty()) {
      return false;
    }
    Allocation a = recorded.get();
    if (a.uidRange().equals(pin.uidRange()) && a.gidRange().equals(pin.gidRange())) {
      return true;
    }
    add(
        "disagreement",
        Severity.ERROR,
        rows.get(0).place(),
        "the ledger has recorded subuid %s and subgid %s for %s, the nodes have %s and %s"
            .formatted(a.uidRange(), a.gidRange(), owner.name(), pin.uidRange(), pin.gidRange()),
        "The ranges in the ledger stay; move the files to them.");
    return false;
  }

  private String place(IdType type) {
    return rows.stream().filter(row -> row.type() == type).findFirst().orElseThrow().place();
  }

  private static IdType other(IdType type) {
    return type == IdType.SUBUID ? IdType.SUBGID : IdType.SUBUID;
  }

  private void add(String rule, Severity severity, String subject, String message, String remedy) {
    findings.add(new Finding(rule, severity, subject, message, remedy));
  }
}
