/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import io.cadastre.subid.Finding;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Owner;
import io.cadastre.subid.ReservedIds;
import io.cadastre.subid.ReservedRange;
import io.cadastre.subid.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Judges a range that an owner has on all nodes. Each {@code place} is the row to name. */
record RangeJudge(Owner owner, ImportFacts facts) {

  /** The findings about the range itself: reserved, claimed, unaligned or real IDs. */
  List<Finding> judge(IdType type, IdRange range, String place) {
    List<Finding> findings = new ArrayList<>();
    String what = "%s %s of %s".formatted(type.word(), range, owner.name());
    List<ReservedRange> forbidding = ReservedIds.forbidding(range, facts.allowAbove2Gi());
    forbidding.forEach(
        reserved ->
            findings.add(
                error(
                    "reserved-range",
                    place,
                    "%s touches the reserved IDs %s".formatted(what, reserved),
                    "Leave the row out, allocate a new range and move the owner's files to it.")));
    List<ReservedRange> claims = new ArrayList<>(ReservedIds.touching(range));
    claims.removeAll(forbidding);
    if (!claims.isEmpty()) {
      findings.add(
          new Finding(
              "claimed-range",
              Severity.INFO,
              place,
              "%s lies in IDs that others give out by themselves: %s"
                  .formatted(
                      what,
                      claims.stream()
                          .map(ReservedRange::toString)
                          .collect(Collectors.joining(", "))),
              "Keep them from doing so on your nodes."));
    }
    if (range.start() % range.count() != 0) {
      findings.add(
          new Finding(
              "unaligned-range",
              Severity.INFO,
              place,
              "%s does not start at a multiple of its count".formatted(what),
              "Nothing: a range off the grid is as good as another; it blocks the slots it touches."));
    }
    if (facts.realIds().test(range)) {
      findings.add(
          error(
              "real-id-clash",
              place,
              "%s holds the uid or gid of an account or group".formatted(what),
              "Leave the row out and allocate a new range: the owner can become that account."));
    } else if (facts.formerIds().test(range)) {
      findings.add(
          new Finding(
              "former-id",
              Severity.WARNING,
              place,
              what + " holds the uid or gid of an account or group that is gone only lately",
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
                        "%s %s of %s overlaps the entry %s, which the ledger does not know"
                            .formatted(type.word(), range, owner.name(), dn),
                        "Leave the row out and allocate a new range: the range of the entry stays blocked.")));
    return findings;
  }

  private static Finding error(String rule, String place, String message, String remedy) {
    return new Finding(rule, Severity.ERROR, place, message, remedy);
  }
}
