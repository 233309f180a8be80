/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.directory.DnText;
import io.cadastre.service.directory.PublishedEntry;
import io.cadastre.service.directory.PublishedEntry.Foreign;
import io.cadastre.service.imports.EntryJudge;
import io.cadastre.service.imports.EntryPlan;
import io.cadastre.service.imports.EntryPlan.RefusedEntry;
import io.cadastre.service.imports.PublishedAllocation;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The judgement of the entries of the directory against the ledger at one moment.
 *
 * @param plan the judgement of our own entries
 * @param untrusted the entries of others, and our own that are refused
 */
record EntryJudgement(EntryPlan plan, List<UntrustedEntry> untrusted) {

  /**
   * An entry that the ledger does not accept; its ranges are blocked.
   *
   * @param dn its DN, as {@link DnText}
   * @param uidRanges the subuid ranges that it claims and the ledger does not record for it
   * @param gidRanges the same for subgids
   * @param finding what is wrong with it
   */
  record UntrustedEntry(
      String dn, List<IdRange> uidRanges, List<IdRange> gidRanges, Finding finding) {}

  static EntryJudgement of(
      LedgerQueries queries,
      List<PublishedEntry> entries,
      AdmissionRules rules,
      OptionalLong acceptedSerial) {
    List<PublishedAllocation> ours = new ArrayList<>();
    List<UntrustedEntry> untrusted = new ArrayList<>();
    for (PublishedEntry entry : entries) {
      entry.pass(
          claimed -> ours.add(new PublishedAllocation(claimed.dn(), claimed.allocation())),
          foreign -> untrusted.add(untrusted(queries, foreign)));
    }
    EntryPlan plan = EntryJudge.judge(ours, rules.facts(queries, ours, acceptedSerial));
    plan.refused().forEach(refused -> untrusted.add(untrusted(queries, refused)));
    return new EntryJudgement(plan, List.copyOf(untrusted));
  }

  /** The findings of our own entries that are refused. */
  List<Finding> refusals() {
    return plan.refused().stream().map(EntryJudgement::finding).toList();
  }

  /** The DNs of the untrusted entries, as {@link DnText}. */
  Set<String> untrustedDns() {
    return untrusted.stream().map(UntrustedEntry::dn).collect(Collectors.toSet());
  }

  private static UntrustedEntry untrusted(LedgerQueries queries, Foreign entry) {
    return new UntrustedEntry(
        DnText.of(entry.dn()),
        claimed(queries, IdType.SUBUID, entry.allocation(), entry.uidRanges()),
        claimed(queries, IdType.SUBGID, entry.allocation(), entry.gidRanges()),
        entry.finding().orElseGet(() -> foreign(DnText.of(entry.dn()), entry.uidRanges())));
  }

  private static UntrustedEntry untrusted(LedgerQueries queries, RefusedEntry refused) {
    Allocation a = refused.entry().allocation();
    Optional<UUID> id = Optional.of(a.id());
    return new UntrustedEntry(
        DnText.of(refused.entry().dn()),
        claimed(queries, IdType.SUBUID, id, List.of(a.uidRange())),
        claimed(queries, IdType.SUBGID, id, List.of(a.gidRange())),
        finding(refused));
  }

  /** Returns the ranges without those that the ledger records for the same allocation. */
  private static List<IdRange> claimed(
      LedgerQueries queries, IdType type, Optional<UUID> id, List<IdRange> ranges) {
    Optional<IdRange> recorded = id.flatMap(queries::byId).map(a -> a.range(type));
    return ranges.stream().filter(r -> !recorded.equals(Optional.of(r))).distinct().toList();
  }

  private static Finding finding(RefusedEntry refused) {
    String dn = DnText.of(refused.entry().dn());
    return new Finding(
        "entry-refused",
        Severity.ERROR,
        dn,
        "the entry %s of %s is refused: %s"
            .formatted(dn, refused.entry().allocation().owner().name(), refused.why()),
        refused.remedy());
  }

  private static Finding foreign(String dn, List<IdRange> ranges) {
    return new Finding(
        "foreign-entry",
        Severity.WARNING,
        dn,
        "the entry %s gives out ranges and is not the ledger's; its ranges are blocked"
            .formatted(dn),
        "Allocate a range here to each account that uses it, and move the files. Delete it once its range is no longer in use; the range stays blocked%s."
            .formatted(
                ranges.stream()
                    .findFirst()
                    .map(
                        range ->
                            " until an admin runs: cadastre reconcile --release-foreign %s --reason unused"
                                .formatted(range))
                    .orElse("")));
  }
}
