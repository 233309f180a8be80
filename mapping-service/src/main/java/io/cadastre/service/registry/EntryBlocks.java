/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.event.DismissedEntry;
import io.cadastre.service.imports.PoolShare;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.registry.EntryJudgement.Stranger;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Pool;
import io.cadastre.subid.Severity;
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
  List<Finding> apply(List<Stranger> absentOwners) {
    List<Finding> findings = new ArrayList<>();
    Map<String, List<String>> held = new LinkedHashMap<>();
    List<Stranger> blocking = new ArrayList<>();
    List<Pool> pools = ledger.read(queries -> queries.pools());
    for (Stranger absent : absentOwners) {
      if (pools.stream().noneMatch(pool -> isLarge(pool, absent))) {
        blocking.add(absent);
        findings.add(absent.finding());
      } else if (isDismissed(absent)) {
        findings.add(dismissed(absent));
      } else {
        List<Pool> touched = pools.stream().filter(pool -> touched(pool, absent) > 0).toList();
        touched.forEach(
            p -> held.computeIfAbsent(p.name(), n -> new ArrayList<>()).add(absent.dn()));
        findings.add(holding(absent, touched));
      }
    }
    // before anything else changes, so that no request comes between a block and a hold
    holds.set(held);
    block(blocking);
    return findings;
  }

  /** Those of these entries that hold a pool. */
  List<Stranger> holding(List<Stranger> absentOwners) {
    List<Pool> pools = ledger.read(queries -> queries.pools());
    return absentOwners.stream()
        .filter(absent -> pools.stream().anyMatch(pool -> isLarge(pool, absent)))
        .filter(absent -> !isDismissed(absent))
        .toList();
  }

  private boolean isDismissed(Stranger absent) {
    return ledger.read(queries -> queries.isDismissed(dismissal(absent)));
  }

  static DismissedEntry dismissal(Stranger absent) {
    return DismissedEntry.of(absent.dn(), absent.uidRanges(), absent.gidRanges());
  }

  private static boolean isLarge(Pool pool, Stranger absent) {
    return PoolShare.isLarge(pool, absent.uidRanges())
        || PoolShare.isLarge(pool, absent.gidRanges());
  }

  private static long touched(Pool pool, Stranger absent) {
    return Math.max(
        PoolShare.slots(pool, absent.uidRanges()), PoolShare.slots(pool, absent.gidRanges()));
  }

  private void block(List<Stranger> absentOwners) {
    if (absentOwners.isEmpty()) {
      return;
    }
    ledger.change(
        transaction -> {
          for (Stranger s : absentOwners) {
            s.uidRanges().forEach(r -> transaction.blockForeign(IdType.SUBUID, r, s.dn()));
            s.gidRanges().forEach(r -> transaction.blockForeign(IdType.SUBGID, r, s.dn()));
          }
          return true;
        });
  }

  private static Finding holding(Stranger absent, List<Pool> pools) {
    Finding finding = absent.finding();
    List<String> touched =
        pools.stream()
            .map(p -> "%d of %d of pool %s".formatted(touched(p, absent), p.slots(), p.name()))
            .toList();
    return new Finding(
        finding.rule(),
        Severity.ERROR,
        finding.subject(),
        finding.message()
            + ". It claims so many slots (%s) that none is blocked: nothing can be allocated there"
                .formatted(String.join(", ", touched)),
        "Delete the entry, or run: " + Dismissal.command(absent.dn()));
  }

  private static Finding dismissed(Stranger absent) {
    Finding finding = absent.finding();
    return new Finding(
        finding.rule(),
        Severity.INFO,
        finding.subject(),
        finding.message() + ". It was dismissed and blocks nothing",
        "Delete the entry.");
  }
}
