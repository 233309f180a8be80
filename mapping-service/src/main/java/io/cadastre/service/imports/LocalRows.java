/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import io.cadastre.service.imports.FindingGroups.Kind;
import io.cadastre.service.imports.ImportPlan.LocalBlock;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Pool;
import io.cadastre.subid.Printable;
import io.cadastre.subid.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Judges the rows that denote no account: they stay local to their nodes. A local row inside a pool
 * would meet the row of the owner who gets that slot.
 */
final class LocalRows {
  private static final int MOST_SOURCE = 1000;

  private static final Kind UNKNOWN =
      new Kind(
          "unknown-owner",
          Severity.WARNING,
          "rows have an owner field that is no account's name and no account's uid; they are not pinned",
          "Nothing for a node's own accounts and \"containers\": they stay local rows. Otherwise correct the accounts and import again.");

  private static final Kind BLOCKED =
      new Kind(
          "local-row-blocked",
          Severity.INFO,
          "local rows lie in a pool, and the ledger has blocked their slots",
          "Nothing.");

  private final ImportFacts facts;
  private final FindingGroups groups;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<List<Object>, LocalBlock> blocks = new LinkedHashMap<>();

  LocalRows(ImportFacts facts, FindingGroups groups) {
    this.facts = facts;
    this.groups = groups;
  }

  List<Finding> findings() {
    return findings;
  }

  /** The ranges to block, each once. */
  List<LocalBlock> blocks() {
    return List.copyOf(blocks.values());
  }

  /**
   * Judges a row.
   *
   * @param explained whether another finding says why the row is there
   */
  void judge(NodeRow row, boolean explained) {
    Optional<Allocation> taken = facts.overlapping().apply(row.type(), row.range());
    List<Pool> pools =
        facts.pools().stream()
            .filter(pool -> pool.slotsTouching(row.range()).findAny().isPresent())
            .toList();
    if (taken.isPresent()) {
      findings.add(overlap(row, taken.get()));
    } else if (pools.isEmpty()) {
      if (!explained) {
        groups.add(UNKNOWN, row.place(), row.text());
      }
    } else if (facts.blocked().test(row.type(), row.range())) {
      groups.add(BLOCKED, row.place(), row.text());
    } else if (pools.stream().anyMatch(pool -> PoolShare.isLarge(pool, List.of(row.range())))) {
      pools.forEach(pool -> groups.add(large(pool), row.place(), text(row, pool)));
    } else {
      pools.forEach(pool -> groups.add(inPool(pool), row.place(), text(row, pool)));
      if (facts.block()) {
        blocks.putIfAbsent(List.of(row.type(), row.range()), block(row));
      }
    }
  }

  private Kind inPool(Pool pool) {
    return new Kind(
        "local-row-in-pool",
        facts.block() ? Severity.INFO : Severity.ERROR,
        facts.block()
            ? "local rows lie in pool %s, and their slots are blocked".formatted(pool.name())
            : "local rows lie in pool %s: another owner gets the slot, and these nodes then hold that owner's row back"
                .formatted(pool.name()),
        facts.block()
            ? "Nothing."
            : "Block the slots: cadastre import-files --apply --block NODE.subuid NODE.subgid");
  }

  /** A block is permanent but for an admin, so a mistyped count must not take a whole pool. */
  private static Kind large(Pool pool) {
    return new Kind(
        "local-row-large",
        Severity.ERROR,
        "local rows lie in pool %s and touch over 1 %% of a pool's slots: their slots are not blocked, and other owners get them"
            .formatted(pool.name()),
        "Correct the count of the row and import again, or give the pool another segment and move the row's files.");
  }

  private static String text(NodeRow row, Pool pool) {
    List<Long> slots = pool.slotsTouching(row.range()).limit(3).boxed().toList();
    long all = pool.slotsTouching(row.range()).count();
    return "%s in slot %s%s"
        .formatted(
            row.text(),
            slots.stream().map(String::valueOf).collect(Collectors.joining(", ")),
            all > slots.size() ? " and %d more".formatted(all - slots.size()) : "");
  }

  private static LocalBlock block(NodeRow row) {
    String source = Printable.of("local row %s in %s".formatted(row.ownerField(), row.place()));
    return new LocalBlock(
        row.type(),
        row.range(),
        source.length() <= MOST_SOURCE ? source : source.substring(0, MOST_SOURCE));
  }

  private static Finding overlap(NodeRow row, Allocation taken) {
    return new Finding(
        "overlap",
        Severity.ERROR,
        row.place(),
        "%s %s of %s, which is no account, overlaps %s, which the ledger has given to %s"
            .formatted(
                row.type().word(),
                row.range(),
                row.ownerField(),
                taken.range(row.type()),
                taken.owner().name()),
        "Move the files of the local row to other IDs and remove the row: the node holds the owner's row back until then.");
  }
}
