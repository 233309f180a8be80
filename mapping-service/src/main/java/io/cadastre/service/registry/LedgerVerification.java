/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerCheck;
import io.cadastre.service.ledger.LedgerReport;
import io.cadastre.service.registry.ChangeGate.Part;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Severity;
import io.cadastre.subid.ShellWord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies the ledger against its own events: after the start, daily, and on request. The gate
 * holds changes back until the first run, and after a run that finds a difference. Thread-safe; one
 * run at a time.
 */
public final class LedgerVerification {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerVerification.class);
  private static final Duration EVERY = Duration.ofDays(1);

  /** So many are verified in a second or two. */
  private static final long FEW_EVENTS = 50_000;

  private final Ledger ledger;
  private final LedgerCheck check;
  private final ChangeGate gate;
  private final Clock clock;
  private final String configuration;
  private final TrialAllocation trial;
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile Optional<Instant> last = Optional.empty();
  private volatile List<Finding> findings = List.of();

  /**
   * A verification; closes the gate until its first run.
   *
   * @param rules the rules of the trial that precedes the first change
   * @param configuration the configuration file of the service, for remedies
   */
  public LedgerVerification(
      Ledger ledger, ChangeGate gate, AdmissionRules rules, Clock clock, String configuration) {
    this.trial = new TrialAllocation(ledger, rules);
    this.ledger = ledger;
    this.check = new LedgerCheck(ledger, clock);
    this.gate = gate;
    this.clock = clock;
    this.configuration = configuration;
    gate.hold(
        Part.LEDGER, "the ledger has not been verified against its own events since the start");
  }

  /**
   * Runs if due: at the start, and a day after the last run.
   *
   * @param works shows the run
   * @param before runs before each run
   * @param after learns of the result of each
   * @param daily runs after each run but the first
   * @throws Unavailable if the database does not answer
   */
  public void runIfDue(
      RunningWork works, Runnable before, Consumer<LedgerReport> after, Runnable daily) {
    boolean first = last.isEmpty();
    if (first || last.get().plus(EVERY).isBefore(clock.instant())) {
      before.run();
      LedgerReport report = works.run("Verification of the ledger", this::run);
      LOG.debug("the ledger equals its events: {}", report.isEqual());
      after.accept(report);
      if (!first) {
        daily.run();
      }
    }
  }

  /**
   * Runs now.
   *
   * @throws Unavailable if the database does not answer
   */
  public synchronized LedgerReport run() {
    RunningWork.step("follows the events, and compares the tables", ledger.head().lastEvent());
    LedgerReport report = check.run(RunningWork::advance);
    findings = findings(report);
    boolean first = last.isEmpty();
    last = Optional.of(clock.instant());
    if (report.isEqual()) {
      try {
        if (first) {
          trial.run();
        }
      } finally {
        gate.release(Part.LEDGER);
      }
    } else {
      LOG.error("{}", obstacle(report));
      gate.hold(Part.LEDGER, obstacle(report));
    }
    done.countDown();
    return report;
  }

  /**
   * Waits for the end of the first run, at most this long, if the ledger is small enough for that
   * to be of use.
   */
  public void awaitFirst(Duration patience) {
    if (ledger.head().lastEvent() > FEW_EVENTS) {
      return;
    }
    try {
      boolean unused = done.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The findings of the last run. */
  public List<Finding> findings() {
    return findings;
  }

  private String obstacle(LedgerReport report) {
    return report
        .broken()
        .map(why -> "the ledger's chain of events is broken: " + why + ". " + brokenRemedy())
        .orElseGet(
            () ->
                "the ledger differs from its own events in %d places, first: %s. %s"
                    .formatted(report.count(), report.differences().get(0), settleRemedy()));
  }

  private String settleRemedy() {
    return "Stop the service and run, as its user: cadastre events settle %s --dry-run"
        .formatted(ShellWord.of(configuration));
  }

  private String brokenRemedy() {
    return "Stop the service, move the ledger aside and restore a backup or replay an event export; if there is neither, run, as the service's user: cadastre rebuild-from-directory %s --dry-run"
        .formatted(ShellWord.of(configuration));
  }

  private List<Finding> findings(LedgerReport report) {
    List<Finding> result = new ArrayList<>();
    report
        .broken()
        .ifPresent(
            why -> result.add(finding("events-broken", Severity.ERROR, why, brokenRemedy())));
    for (String difference : report.differences()) {
      result.add(finding("ledger-differs", Severity.ERROR, difference, settleRemedy()));
    }
    if (report.count() > report.differences().size()) {
      String more = (report.count() - report.differences().size()) + " more places differ";
      result.add(finding("ledger-differs", Severity.ERROR, more, settleRemedy()));
    }
    for (String counter : report.counters()) {
      result.add(
          finding(
              "counter",
              Severity.WARNING,
              counter,
              "Nothing: no range is allocated twice, and the counter catches up. Find out who edits"
                  + " the database."));
    }
    result.addAll(report.clock());
    return result;
  }

  private static Finding finding(String rule, Severity severity, String message, String remedy) {
    return new Finding(rule, severity, "ledger", message, remedy);
  }
}
