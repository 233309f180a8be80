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
import io.cadastre.subid.ReservedIds;
import io.cadastre.subid.ReservedRange;
import io.cadastre.subid.Severity;
import io.cadastre.subid.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Judges one owner's rows of all nodes: to be pinned or not. */
final class OwnerJudge {
  private static final String FORMER_ID =
      " holds the uid or gid of an account or group that is gone only lately";

  private final Owner owner;
  private final List<NodeRow> rows;
  private final ImportFacts facts;
  private final List<Finding> findings = new ArrayList<>();

  OwnerJudge(Owner owner, List<NodeRow> rows, ImportFacts facts) {
    this.owner = owner;
    this.rows = rows;
    this.facts = facts;
  }

  List<Finding> findings() {
    return findings;
  }

  /** The owner's ranges if they are clean; {@link #findings} says what is not. */
  Optional<Pin> judge() {
    Optional<IdRange> uid = theRange(IdType.SUBUID);
    Optional<IdRange> gid = theRange(IdType.SUBGID);
    if (uid.isEmpty() || gid.isEmpty()) {
      return Optional.empty();
    }
    Pin pin = new Pin(owner, uid.get(), gid.get());
    compareHalves(pin);
    checkRange(IdType.SUBUID, pin.uidRange());
    if (!pin.gidRange().equals(pin.uidRange())) {
      checkRange(IdType.SUBGID, pin.gidRange());
    }
    for (IdType type : IdType.values()) {
      IdRange range = type == IdType.SUBUID ? pin.uidRange() : pin.gidRange();
      checkLedger(type, range);
      checkForeign(type, range);
    }
    boolean known = compareWithLedger(pin);
    if (!known) {
      facts.namesake().apply(owner).ifPresent(this::refuseNamesake);
      refuseInvisible();
    }
    boolean clean = findings.stream().noneMatch(f -> f.severity() == Severity.ERROR);
    return clean && !known ? Optional.of(pin) : Optional.empty();
  }

  /** The one range that all nodes have; findings if there is none, or not one. */
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
        "An owner has one range. Keep the one under which his files are, and leave the others out.");
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

  private void checkRange(IdType type, IdRange range) {
    String place = place(type);
    String what = "%s %s of %s".formatted(type.word(), range, owner.name());
    List<ReservedRange> forbidding = ReservedIds.forbidding(range, facts.allowAbove2Gi());
    forbidding.forEach(
        reserved ->
            add(
                "reserved-range",
                Severity.ERROR,
                place,
                "%s touches the reserved IDs %s".formatted(what, reserved),
                "Leave the row out, allocate a new range and move the owner's files to it."));
    List<ReservedRange> claims = new ArrayList<>(ReservedIds.touching(range));
    claims.removeAll(forbidding);
    if (!claims.isEmpty()) {
      add(
          "claimed-range",
          Severity.INFO,
          place,
          "%s lies in IDs that others give out by themselves: %s"
              .formatted(
                  what,
                  claims.stream().map(ReservedRange::toString).collect(Collectors.joining(", "))),
          "Keep them from doing so on your nodes.");
    }
    if (range.start() % range.count() != 0) {
      add(
          "unaligned-range",
          Severity.INFO,
          place,
          "%s does not start at a multiple of its count".formatted(what),
          "Nothing: a range off the grid is as good as another; it blocks the slots it touches.");
    }
    if (facts.realIds().test(range)) {
      add(
          "real-id-clash",
          Severity.ERROR,
          place,
          "%s holds the uid or gid of an account or group".formatted(what),
          "Leave the row out and allocate a new range: the owner can become that account.");
    } else if (facts.formerIds().test(range)) {
      add("former-id", Severity.WARNING, place, what + FORMER_ID, "Nothing: the range is pinned.");
    }
  }

  private void checkLedger(IdType type, IdRange range) {
    facts
        .overlapping()
        .apply(type, range)
        .filter(a -> !a.owner().stableId().equals(owner.stableId()))
        .ifPresent(
            a ->
                add(
                    "overlap",
                    Severity.ERROR,
                    place(type),
                    "%s %s of %s overlaps %s, which the ledger has given to %s"
                        .formatted(
                            type.word(), range, owner.name(), a.range(type), a.owner().name()),
                    "Leave the row out and allocate a new range."));
  }

  private void checkForeign(IdType type, IdRange range) {
    facts
        .foreign()
        .apply(type, range)
        .ifPresent(
            dn ->
                add(
                    "foreign-entry",
                    Severity.ERROR,
                    place(type),
                    "%s %s of %s overlaps the entry %s, which the ledger does not know"
                        .formatted(type.word(), range, owner.name(), dn),
                    "Leave the row out and allocate a new range: what somebody else publishes stays blocked."));
  }

  /** A row may name an account by its uid, whatever its name is. */
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

  /** A file knows names and uids only: it cannot say which of the two has the row. */
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

  /** Whether the ledger has the very same already. */
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
        "The ledger's stays; move the files that lie under the other.");
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
