/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.event.DismissedEntry;
import io.cadastre.service.imports.PoolShare;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.registry.EntryJudgement.UntrustedEntry;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Pool;
import io.cadastre.subid.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps new ranges clear of refused and foreign entries. An entry blocks the slots that it touches.
 * An entry that touches over 1 % of a pool blocks none: it holds each pool that it touches, until
 * it is gone or an admin has dismissed it.
 */
final class EntryBlocks {
  private final Ledger ledger;
  private final ChangeGate gate;

  EntryBlocks(Ledger ledger, ChangeGate gate) {
    this.ledger = ledger;
    this.gate = gate;
  }

  /**
   * Blocks the slots that these entries touch, and sets which pools are held.
   *
   * @return a finding for each entry
   */
  List<Finding> apply(List<UntrustedEntry> entries) {
    List<Finding> findings = new ArrayList<>();
    Map<String, List<String>> held = new LinkedHashMap<>();
    List<UntrustedEntry> blocking = new ArrayList<>();
    List<Pool> pools = ledger.read(queries -> queries.pools());
    for (UntrustedEntry entry : entries) {
      if (pools.stream().noneMatch(pool -> isLarge(pool, entry))) {
        blocking.add(entry);
        findings.add(entry.finding());
      } else if (isDismissed(entry)) {
        findings.add(dismissed(entry));
      } else {
        List<Pool> touched = pools.stream().filter(pool -> touched(pool, entry) > 0).toList();
        touched.forEach(
            p -> held.computeIfAbsent(p.name(), n -> new ArrayList<>()).add(entry.dn()));
        findings.add(holding(entry, touched));
      }
    }
    // Holds before blocks, so that no request comes between the two.
    gate.holdPools(held);
    block(blocking);
    return findings;
  }

  /** The entries among these that hold a pool. */
  List<UntrustedEntry> holding(List<UntrustedEntry> entries) {
    List<Pool> pools = ledger.read(queries -> queries.pools());
    return entries.stream()
        .filter(entry -> pools.stream().anyMatch(pool -> isLarge(pool, entry)))
        .filter(entry -> !isDismissed(entry))
        .toList();
  }

  private boolean isDismissed(UntrustedEntry entry) {
    return ledger.read(queries -> queries.isDismissed(dismissal(entry)));
  }

  static DismissedEntry dismissal(UntrustedEntry entry) {
    return DismissedEntry.of(entry.dn(), entry.uidRanges(), entry.gidRanges());
  }

  private static boolean isLarge(Pool pool, UntrustedEntry entry) {
    return PoolShare.isLarge(pool, entry.uidRanges()) || PoolShare.isLarge(pool, entry.gidRanges());
  }

  private static long touched(Pool pool, UntrustedEntry entry) {
    return Math.max(
        PoolShare.slots(pool, entry.uidRanges()), PoolShare.slots(pool, entry.gidRanges()));
  }

  private void block(List<UntrustedEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    ledger.change(
        transaction -> {
          for (UntrustedEntry entry : entries) {
            entry
                .uidRanges()
                .forEach(r -> transaction.entries().block(IdType.SUBUID, r, entry.dn()));
            entry
                .gidRanges()
                .forEach(r -> transaction.entries().block(IdType.SUBGID, r, entry.dn()));
          }
          return true;
        });
  }

  private static Finding holding(UntrustedEntry entry, List<Pool> pools) {
    Finding finding = entry.finding();
    List<String> touched =
        pools.stream()
            .map(p -> "%d of %d of pool %s".formatted(touched(p, entry), p.slots(), p.name()))
            .toList();
    return new Finding(
        finding.rule(),
        Severity.ERROR,
        finding.subject(),
        finding.message()
            + ". It claims so many slots (%s) that none is blocked: nothing can be allocated there"
                .formatted(String.join(", ", touched)),
        "Delete the entry, or run: " + DismissalCommands.command(entry.dn()));
  }

  private static Finding dismissed(UntrustedEntry entry) {
    Finding finding = entry.finding();
    return new Finding(
        finding.rule(),
        Severity.INFO,
        finding.subject(),
        finding.message() + ". It was dismissed and blocks nothing",
        "Delete the entry.");
  }
}
