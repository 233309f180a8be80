/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.config.Acknowledgement;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.ledger.BlockedSlot;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Pool;
import io.cadastre.subid.Severity;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Finds violated invariants and risks: overlaps, clashes with real and with reserved IDs, orphans,
 * drift between ledger and directory, pools that run out. Thread-safe.
 */
public final class Audit {
  private static final int LOW_PERCENT = 10;

  /** Allocations between two steps of the shown progress. */
  private static final int SHOWN_EVERY = 1000;

  private static final Duration RETRY = Duration.ofSeconds(5);

  private final Ledger ledger;
  private final Accounts accounts;
  private final Supplier<List<Finding>> others;
  private final List<Acknowledgement> acknowledgements;
  private final Clock clock;
  private final ReentrantLock running = new ReentrantLock();
  private volatile Optional<AuditReport> last = Optional.empty();

  /**
   * An audit of these.
   *
   * @param others the findings of the reconciler, the synchronizer and the verification
   * @param acknowledgements the findings that are counted apart
   */
  public Audit(
      Ledger ledger,
      Accounts accounts,
      Supplier<List<Finding>> others,
      List<Acknowledgement> acknowledgements,
      Clock clock) {
    this.ledger = ledger;
    this.accounts = accounts;
    this.others = others;
    this.acknowledgements = List.copyOf(acknowledgements);
    this.clock = clock;
  }

  /** The report of the last run since the start; empty before the first. */
  public Optional<AuditReport> last() {
    return last;
  }

  /**
   * Runs an audit, which reads the whole ledger and the whole directory, and keeps its report.
   *
   * @throws Unavailable if an audit is running
   */
  public AuditReport run() {
    if (!running.tryLock()) {
      throw new Unavailable(
          "an audit is running, and only one runs at a time; GET /v1/audit returns its report at"
              + " the end",
          RETRY);
    }
    try {
      return runAlone();
    } finally {
      running.unlock();
    }
  }

  private AuditReport runAlone() {
    List<Finding> findings = new ArrayList<>(ledger.read(this::ofLedger));
    RunningWork.step("looks at the accounts", 0);
    accounts.latest().ifPresent(read -> findings.addAll(read.findings()));
    findings.addAll(new EntitlementFindings(ledger, accounts).findings());
    findings.addAll(accounts.findings());
    RunningWork.step("compares the directory with the ledger", 0);
    findings.addAll(others.get());
    AuditReport report = AuditReport.of(clock.instant(), findings, acknowledgements);
    last = Optional.of(report);
    return report;
  }

  private List<Finding> ofLedger(LedgerQueries queries) {
    AllocationFindings allocations = new AllocationFindings(accounts.latest());
    RunningWork.step(
        "reads the allocations",
        queries.pools().stream().mapToLong(pool -> queries.heldSlotCount(pool.name())).sum());
    LongAdder taken = new LongAdder();
    queries.forEachAllocation(
        allocation -> {
          allocations.take(allocation);
          taken.increment();
          if (taken.sum() % SHOWN_EVERY == 0) {
            RunningWork.advance(taken.sum());
          }
        });
    RunningWork.step("looks for overlaps", 0);
    List<Finding> findings = new ArrayList<>(allocations.findings(queries));
    queries.blockedSlots().forEach(slot -> blocked(queries, slot).ifPresent(findings::add));
    queries.pools().forEach(pool -> capacity(queries, pool).ifPresent(findings::add));
    return findings;
  }

  private Optional<Finding> blocked(LedgerQueries queries, BlockedSlot slot) {
    String holder =
        queries
            .pool(slot.pool())
            .flatMap(
                pool -> accounts.latest().flatMap(r -> r.holders().in(pool.range(slot.slot()))))
            .map(" (%s)"::formatted)
            .orElse("");
    return slot.reason().isAllocation()
        ? Optional.empty()
        : Optional.of(
            new Finding(
                "blocked-slot",
                Severity.WARNING,
                "pool " + slot.pool() + ", slot " + slot.slot(),
                "slot %d of pool %s is never given out: %s%s"
                    .formatted(slot.slot(), slot.pool(), slot.reason().text(), holder),
                "Nothing; the slot stays blocked."));
  }

  private static Optional<Finding> capacity(LedgerQueries queries, Pool pool) {
    long held = queries.heldSlotCount(pool.name());
    long free = pool.slots() - held;
    return free * 100 > pool.slots() * LOW_PERCENT
        ? Optional.empty()
        : Optional.of(
            new Finding(
                "capacity",
                free == 0 ? Severity.ERROR : Severity.WARNING,
                "pool " + pool.name(),
                "pool %s has %d of %d slots left".formatted(pool.name(), free, pool.slots()),
                "Append a segment to the pool."));
  }
}
