/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.config.LedgerConfiguration;
import io.cadastre.service.database.LedgerMigration;
import io.cadastre.service.database.LedgerSource;
import io.cadastre.service.directory.Directory;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.EventArchive;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.ledger.LedgerReport;
import io.cadastre.service.ledger.PoolRegister;
import io.cadastre.service.ledger.Settlement;
import io.cadastre.service.registry.AdoptionCommands.Adopted;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Pool;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The operations of an admin on a ledger that no service has open. A ledger is open only while the
 * work given to a method here runs.
 */
public final class OfflineCommands {
  private static final String ACTOR = "cadastre";

  private final Ledger ledger;

  private OfflineCommands(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Work with an open ledger. */
  public interface Work {
    /** Does the work. */
    void run(OfflineCommands ledger) throws Exception;
  }

  /** Whether there is a ledger. Changes nothing. */
  public static boolean exists(LedgerConfiguration settings) {
    return LedgerSource.peek(settings, Ledger::exists);
  }

  /** Opens the ledger, does the work and closes it. */
  public static void open(LedgerConfiguration settings, Work work) throws Exception {
    LedgerMigration.beforeOpening(settings);
    LedgerSource.runExisting(settings, s -> work.run(new OfflineCommands(Ledger.open(s))));
  }

  /** The same for a ledger that is created if there is none. */
  public static void openOrCreate(LedgerConfiguration settings, Work work) throws Exception {
    LedgerMigration.beforeOpening(settings);
    LedgerSource.run(settings, s -> work.run(new OfflineCommands(Ledger.openOrCreate(s))));
  }

  /** The same for a ledger that its first event creates: work that is cut short leaves none. */
  public static void prepare(LedgerConfiguration settings, Work work) throws Exception {
    LedgerMigration.beforeOpening(settings);
    LedgerSource.run(settings, s -> work.run(new OfflineCommands(Ledger.prepare(s))));
  }

  /** Does the work on a new ledger in memory, which is lost afterwards: for dry runs. */
  public static void scratch(Work work) throws Exception {
    LedgerSource.runInMemory(s -> work.run(new OfflineCommands(Ledger.openOrCreate(s))));
  }

  /**
   * Checks the chain of an export.
   *
   * @param findings takes what is odd about it
   * @return the ledger's head after the last event
   * @throws Refused if the lines are not the unchanged events of one ledger
   */
  public static LedgerHead verify(Stream<String> export, Consumer<Finding> findings) {
    return EventArchive.verify(export, findings);
  }

  /** Passes the lines of an export of this ledger to the work, and returns its result. */
  public <T> T exported(Function<Stream<String>, T> work) {
    return new EventArchive(ledger).lines(work);
  }

  /** The ledger's serial and last event. */
  public LedgerHead head() {
    return ledger.head();
  }

  /**
   * Makes the ledger from an export.
   *
   * @return the ledger's head
   * @throws Refused if the ledger is not fresh or the export is not whole
   */
  public LedgerHead replay(Stream<String> export) {
    return new EventArchive(ledger).replay(export);
  }

  /**
   * Requires a ledger that an export may be replayed into.
   *
   * @throws Refused if there is none
   */
  public void requireFresh() {
    EventArchive.requireFresh(ledger.head());
  }

  /**
   * Requires a ledger that may be rebuilt.
   *
   * @throws Refused if it has allocations
   */
  public void requireEmpty() {
    int known = ledger.read(LedgerQueries::all).size();
    if (known > 0) {
      throw new Refused(
          RefusalCode.WRONG_STATE,
          "the ledger has %d allocations; it is rebuilt into an empty one only. To take in what it lacks, start the service and run: cadastre reconcile --adopt"
              .formatted(known));
    }
  }

  /**
   * Records the pools and adopts all published entries.
   *
   * @param acceptedSerial the serial up to which the entries are accepted
   */
  Adopted rebuild(
      Directory directory, List<Pool> pools, AdmissionRules rules, OptionalLong acceptedSerial) {
    PoolRegister.record(ledger, pools, rules.accepted());
    return new AdoptionCommands(ledger, directory.publish(), ChangeGate.open(), rules)
        .adopt(
            acceptedSerial,
            false,
            new AuditContext(
                ACTOR,
                Optional.empty(),
                Optional.of("rebuild-from-directory: the history from before is lost")));
  }

  /**
   * The result of a settlement.
   *
   * @param events the number of events
   * @param differences the number of differences between tables and events
   * @param first the first hundred of them, a sentence each
   * @param serial the ledger's serial after the settlement
   */
  public record Settled(long events, int differences, List<String> first, long serial) {
    /** Copies the list. */
    public Settled {
      first = List.copyOf(first);
    }
  }

  /**
   * Writes the tables anew from the events.
   *
   * @param dryRun whether only to compare
   * @param reason why they differ; kept in the event
   * @throws Refused if the chain of events is broken
   */
  public Settled settle(boolean dryRun, Optional<String> reason) {
    LedgerReport report =
        new Settlement(ledger, Clock.systemUTC())
            .settle(dryRun, new AuditContext(ACTOR, Optional.empty(), reason));
    return new Settled(
        report.events(), report.count(), report.differences(), ledger.head().serial());
  }

  /** Whether the ledger remembers no real ID, as one that was just made. */
  public boolean remembersNoIds() {
    return ledger.read(LedgerQueries::remembersNoIds);
  }
}
