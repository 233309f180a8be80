/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.directory.DnText;
import io.cadastre.service.directory.PublishedEntry;
import io.cadastre.service.directory.PublishedEntry.Foreign;
import io.cadastre.service.directory.PublishedEntry.Ours;
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
 * What the entries of the directory are to the ledger at one moment.
 *
 * @param plan what the entries of ours tell
 * @param absentOwners the entries that are not believed: those of others, and ours that are refused
 */
record EntryJudgement(EntryPlan plan, List<Stranger> absentOwners) {

  /**
   * An entry that is not believed.
   *
   * @param dn what stands for its DN
   * @param uidRanges the subuid ranges that it claims, but for what the ledger says too
   * @param gidRanges the same of subgids
   * @param finding what is wrong with it
   */
  record Stranger(String dn, List<IdRange> uidRanges, List<IdRange> gidRanges, Finding finding) {}

  static EntryJudgement of(
      LedgerQueries queries,
      List<PublishedEntry> entries,
      AdmissionRules rules,
      OptionalLong acceptedSerial) {
    List<PublishedAllocation> ours = new ArrayList<>();
    List<Stranger> absentOwners = new ArrayList<>();
    for (PublishedEntry entry : entries) {
      if (entry instanceof Ours claimed) {
        ours.add(new PublishedAllocation(claimed.dn(), claimed.allocation()));
      } else if (entry instanceof Foreign foreign) {
        absentOwners.add(absent(queries, foreign));
      }
    }
    EntryPlan plan = EntryJudge.judge(ours, rules.facts(queries, acceptedSerial));
    plan.refused().forEach(refused -> absentOwners.add(absent(queries, refused)));
    return new EntryJudgement(plan, List.copyOf(absentOwners));
  }

  /** The findings of the refused entries of ours. */
  List<Finding> refusals() {
    return plan.refused().stream().map(EntryJudgement::finding).toList();
  }

  /** What stands for the DNs of the entries that are not believed. */
  Set<String> unbelieved() {
    return absentOwners.stream().map(Stranger::dn).collect(Collectors.toSet());
  }

  private static Stranger absent(LedgerQueries queries, Foreign entry) {
    return new Stranger(
        DnText.of(entry.dn()),
        claimed(queries, IdType.SUBUID, entry.allocation(), entry.uidRanges()),
        claimed(queries, IdType.SUBGID, entry.allocation(), entry.gidRanges()),
        entry.finding().orElseGet(() -> foreign(DnText.of(entry.dn()))));
  }

  private static Stranger absent(LedgerQueries queries, RefusedEntry refused) {
    Allocation a = refused.entry().allocation();
    Optional<UUID> id = Optional.of(a.id());
    return new Stranger(
        DnText.of(refused.entry().dn()),
        claimed(queries, IdType.SUBUID, id, List.of(a.uidRange())),
        claimed(queries, IdType.SUBGID, id, List.of(a.gidRange())),
        finding(refused));
  }

  /** A range that the ledger has recorded for the same allocation is no stranger's. */
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

  private static Finding foreign(String dn) {
    return new Finding(
        "foreign-entry",
        Severity.WARNING,
        dn,
        "the entry %s gives out ranges and is not the ledger's; its ranges are blocked"
            .formatted(dn),
        "Delete it once nobody uses its range, which stays blocked. Accounts that use it get a range of the registry, and their files are moved.");
  }
}
