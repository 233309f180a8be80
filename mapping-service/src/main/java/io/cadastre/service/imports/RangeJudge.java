/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import io.cadastre.service.imports.FindingGroups.Kind;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Owner;
import io.cadastre.subid.ReservedIds;
import io.cadastre.subid.ReservedRange;
import io.cadastre.subid.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges a range that an owner has on all nodes. Each {@code place} is the row to name. */
record RangeJudge(Owner owner, ImportFacts facts, FindingGroups groups) {
  private static final Kind UNALIGNED =
      new Kind(
          "unaligned-range",
          Severity.INFO,
          "ranges do not start at a multiple of their count",
          "Nothing: a range off the grid is as good as another; it blocks the slots it touches.");

  /**
   * The findings about the range itself: reserved or real IDs. Claimed and unaligned ranges go to
   * the groups.
   */
  List<Finding> judge(IdType type, IdRange range, String place) {
    List<Finding> findings = new ArrayList<>();
    String what = "%s %s of %s".formatted(type.word(), range, owner.name());
    ReservedIds.forbidding(range, facts.accepted())
        .forEach(reserved -> findings.add(reserved(reserved, what, place)));
    ReservedIds.claiming(range, facts.accepted())
        .forEach(reserved -> groups.add(claimed(reserved), place, what));
    if (range.start() % range.count() != 0) {
      groups.add(UNALIGNED, place, what);
    }
    Optional<String> real = facts.realIds().apply(range);
    Optional<String> former = facts.formerIds().apply(range);
    if (real.isPresent()) {
      findings.add(
          error(
              "real-id-clash",
              place,
              "%s holds %s".formatted(what, real.get()),
              "Leave the row out and allocate a new range: the owner can become that account."));
    } else if (former.isPresent()) {
      findings.add(
          new Finding(
              "former-id",
              Severity.WARNING,
              place,
              "%s holds %s, of an account or group that is gone only lately"
                  .formatted(what, former.get()),
              "Nothing: the range is pinned."));
    }
    return findings;
  }

  /** The findings about ranges of others that share an ID with this one. */
  List<Finding> overlaps(IdType type, IdRange range, String place) {
    List<Finding> findings = new ArrayList<>();
    facts
        .overlapping()
        .apply(type, range)
        .filter(a -> !a.owner().stableId().equals(owner.stableId()))
        .ifPresent(
            a ->
                findings.add(
                    error(
                        "overlap",
                        place,
                        "%s %s of %s overlaps %s, which the ledger has given to %s"
                            .formatted(
                                type.word(), range, owner.name(), a.range(type), a.owner().name()),
                        "Leave the row out and allocate a new range.")));
    facts
        .foreign()
        .apply(type, range)
        .ifPresent(
            dn ->
                findings.add(
                    error(
                        "foreign-entry",
                        place,
                        "%s %s of %s overlaps a range that the ledger has blocked and does not own: %s"
                            .formatted(type.word(), range, owner.name(), dn),
                        "Leave the row out and allocate a new range: that range stays blocked.")));
    return findings;
  }

  private static Finding reserved(ReservedRange reserved, String what, String place) {
    String move = "Leave the row out, allocate a new range and move the owner's files to it.";
    return error(
        "reserved-range",
        place,
        "%s touches the reserved IDs %s".formatted(what, reserved),
        reserved.setting().isEmpty()
            ? move
            : "%s Or, if nothing else uses these IDs on your nodes, set \"%s\" in the service's configuration. %s"
                .formatted(move, reserved.setting(), reserved.remedy()));
  }

  private static Kind claimed(ReservedRange reserved) {
    return new Kind(
        "claimed-range",
        Severity.INFO,
        "ranges lie in the IDs %s".formatted(reserved),
        reserved.remedy());
  }

  private static Finding error(String rule, String place, String message, String remedy) {
    return new Finding(rule, Severity.ERROR, place, message, remedy);
  }
}
