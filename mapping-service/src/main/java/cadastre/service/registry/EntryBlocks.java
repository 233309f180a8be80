/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.registry;

import cadastre.service.ledger.DismissedEntry;
import cadastre.service.ledger.Ledger;
import cadastre.service.registry.EntryJudgement.Stranger;
import cadastre.subid.Finding;
import cadastre.subid.IdType;
import cadastre.subid.Pool;
import cadastre.subid.Severity;
import cadastre.subid.imports.PoolShare;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps new ranges clear of what entries claim that are not believed. An entry blocks the slots
 * that it touches. One that touches over 1 % of a pool blocks none: each pool that it touches is
 * held instead, until the entry is gone or an admin has dismissed it.
 */
final class EntryBlocks {
  private final Ledger ledger;
  private final PoolHolds holds;

  EntryBlocks(Ledger ledger, PoolHolds holds) {
    this.ledger = ledger;
    this.holds = holds;
  }

  /**
   * Blocks what these entries claim and sets which pools are held.
   *
   * @return a finding for each entry
   */
  List<Finding> apply(List<Stranger> strangers) {
    List<Finding> findings = new ArrayList<>();
    Map<String, List<String>> held = new LinkedHashMap<>();
    List<Stranger> blocking = new ArrayList<>();
    List<Pool> pools = ledger.read(reader -> reader.pools());
    for (Stranger stranger : strangers) {
      if (pools.stream().noneMatch(pool -> isLarge(pool, stranger))) {
        blocking.add(stranger);
        findings.add(stranger.finding());
      } else if (isDismissed(stranger)) {
        findings.add(dismissed(stranger));
      } else {
        List<Pool> touched = pools.stream().filter(pool -> touched(pool, stranger) > 0).toList();
        touched.forEach(
            p -> held.computeIfAbsent(p.name(), n -> new ArrayList<>()).add(stranger.dn()));
        findings.add(holding(stranger, touched));
      }
    }
    // before anything else changes, so that no request comes between a block and a hold
    holds.set(held);
    block(blocking);
    return findings;
  }

  /** Those of these entries that hold a pool. */
  List<Stranger> holding(List<Stranger> strangers) {
    List<Pool> pools = ledger.read(reader -> reader.pools());
    return strangers.stream()
        .filter(stranger -> pools.stream().anyMatch(pool -> isLarge(pool, stranger)))
        .filter(stranger -> !isDismissed(stranger))
        .toList();
  }

  private boolean isDismissed(Stranger stranger) {
    return ledger.read(reader -> reader.isDismissed(dismissal(stranger)));
  }

  static DismissedEntry dismissal(Stranger stranger) {
    return DismissedEntry.of(stranger.dn(), stranger.uidRanges(), stranger.gidRanges());
  }

  private static boolean isLarge(Pool pool, Stranger stranger) {
    return PoolShare.isLarge(pool, stranger.uidRanges())
        || PoolShare.isLarge(pool, stranger.gidRanges());
  }

  private static long touched(Pool pool, Stranger stranger) {
    return Math.max(
        PoolShare.slots(pool, stranger.uidRanges()), PoolShare.slots(pool, stranger.gidRanges()));
  }

  private void block(List<Stranger> strangers) {
    if (strangers.isEmpty()) {
      return;
    }
    ledger.change(
        transaction -> {
          for (Stranger s : strangers) {
            s.uidRanges().forEach(r -> transaction.blockForeign(IdType.SUBUID, r, s.dn()));
            s.gidRanges().forEach(r -> transaction.blockForeign(IdType.SUBGID, r, s.dn()));
          }
          return true;
        });
  }

  private static Finding holding(Stranger stranger, List<Pool> pools) {
    Finding finding = stranger.finding();
    List<String> touched =
        pools.stream()
            .map(p -> "%d of %d of pool %s".formatted(touched(p, stranger), p.slots(), p.name()))
            .toList();
    return new Finding(
        finding.rule(),
        Severity.ERROR,
        finding.subject(),
        finding.message()
            + ". It claims so many slots (%s) that none is blocked: nothing can be allocated there"
                .formatted(String.join(", ", touched)),
        "Delete the entry, or run: " + Dismissal.command(stranger.dn()));
  }

  private static Finding dismissed(Stranger stranger) {
    Finding finding = stranger.finding();
    return new Finding(
        finding.rule(),
        Severity.INFO,
        finding.subject(),
        finding.message() + ". It was dismissed and blocks nothing",
        "Delete the entry.");
  }
}
