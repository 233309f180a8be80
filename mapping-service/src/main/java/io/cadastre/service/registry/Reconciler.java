/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.schema.SchemaNames;
import io.cadastre.service.directory.DirectoryUnavailable;
import io.cadastre.service.directory.DnText;
import io.cadastre.service.directory.PublishDirectory;
import io.cadastre.service.directory.PublishedEntry;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.imports.PublishedAllocation;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.registry.ChangeGate.Part;
import io.cadastre.service.view.CurrentView;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the directory with the ledger, and repairs the directory through the outbox. Entries
 * that the ledger does not know, and entries that are refused, block their ranges and are never
 * deleted. If the directory has changes that the ledger does not, the ledger is an old one: changes
 * are held back until {@link AdoptionCommands} has adopted those entries. Thread-safe.
 */
public final class Reconciler {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

  private final Ledger ledger;
  private final Optional<PublishDirectory> directory;
  private final Publisher publisher;
  private final ChangeGate gate;
  private final AdmissionRules rules;
  private final CurrentView views;

  /** A reconciler of these; without a directory there is never a difference. */
  public Reconciler(
      Ledger ledger,
      Optional<PublishDirectory> directory,
      Publisher publisher,
      ChangeGate gate,
      AdmissionRules rules,
      CurrentView views) {
    this.ledger = ledger;
    this.directory = directory;
    this.publisher = publisher;
    this.gate = gate;
    this.rules = rules;
    this.views = views;
  }

  /**
   * Creates the containers that are missing, then compares.
   *
   * @throws DirectoryUnavailable if the directory does not answer to the end
   */
  public void compareAtStart() {
    directory.ifPresent(PublishDirectory::ensureContainers);
    List<Finding> findings = report();
    if (!findings.isEmpty()) {
      LOG.warn(
          "the directory differs from the ledger in {} places; see the audit", findings.size());
    }
  }

  /** Compares again if an entry of the directory holds a pool: it may be deleted by now. */
  public void compareIfPoolsAreHeld() {
    if (gate.holdsPools()) {
      compareAtStart();
    }
  }

  /**
   * Compares and returns the differences. Owners in the outbox are left out: they are being
   * published.
   *
   * @throws DirectoryUnavailable if the directory does not answer to the end
   */
  public List<Finding> report() {
    return directory.map(d -> compare(d).findings()).orElse(List.of());
  }

  /**
   * Republishes every owner with entries that differ, or that an earlier version has written.
   *
   * @return the differences
   * @throws Unavailable while the ledger differs from its own events
   */
  public List<Finding> repair() {
    if (directory.isEmpty()) {
      return List.of();
    }
    gate.check(Part.LEDGER);
    Comparison comparison = compare(directory.get());
    ledger.change(
        transaction -> {
          comparison.drifting().forEach(transaction::republish);
          comparison.outdated().forEach(transaction::republish);
          return true;
        });
    publisher.signal();
    return comparison.findings();
  }

  private record Comparison(List<Finding> findings, List<String> drifting, List<String> outdated) {}

  private Comparison compare(PublishDirectory published) {
    // First: the form of the entries depends on it.
    boolean showsRevisions = published.showsRevisions();
    RunningWork.step("reads the directory", 0);
    DirectoryReading reading = DirectoryReading.of(published, views);
    RunningWork.step("judges the entries that differ", reading.toJudge().size());
    List<PublishedEntry> entries = reading.toJudge();
    EntryJudgement judged =
        ledger.read(queries -> EntryJudgement.of(queries, entries, rules, OptionalLong.empty()));
    published.passOver(judged.untrustedDns());
    List<Finding> findings =
        new ArrayList<>(new EntryBlocks(ledger, gate).apply(judged.untrusted()));
    List<PublishedAllocation> ahead = judged.plan().ahead();
    holdOrRelease(ahead);
    ahead.forEach(entry -> findings.add(aheadFinding(entry)));
    if (!showsRevisions) {
      findings.add(oldSchemaFinding());
    }
    RunningWork.step("compares entries with the ledger", 0);
    Drift drift = drift(published, reading);
    RunningWork.step("looks again at owners that differ", drift.drifting().size());
    List<String> confirmed = confirmed(published, drift.drifting());
    confirmed.forEach(stableId -> findings.add(driftFinding(stableId)));
    return new Comparison(List.copyOf(findings), confirmed, drift.outdated());
  }

  private Drift drift(PublishDirectory published, DirectoryReading reading) {
    return ledger.read(queries -> Drift.of(queries, published, reading));
  }

  /**
   * Compares a second time and returns the owners that still differ. The entries are read before
   * the ledger, so that an owner published in between seems to differ.
   */
  private List<String> confirmed(PublishDirectory published, List<String> drifting) {
    if (drifting.isEmpty()) {
      return drifting;
    }
    DirectoryReading again = DirectoryReading.of(published, views);
    Set<String> still = Set.copyOf(drift(published, again).drifting());
    return drifting.stream().filter(still::contains).toList();
  }

  private void holdOrRelease(List<PublishedAllocation> ahead) {
    if (ahead.isEmpty()) {
      gate.release(Part.DIRECTORY);
    } else {
      gate.hold(
          Part.DIRECTORY,
          "the directory knows %d allocations that this ledger does not, or knows older; an old backup of the ledger was restored, or the directory belongs to another ledger. Run: cadastre reconcile --adopt"
              .formatted(ahead.size()));
    }
  }

  private static Finding aheadFinding(PublishedAllocation entry) {
    return new Finding(
        "directory-ahead",
        Severity.ERROR,
        entry.allocation().owner().name().value(),
        "the entry %s has allocation %s at %s %d, which this ledger does not have"
            .formatted(
                DnText.of(entry.dn()),
                entry.allocation().id(),
                entry.allocation().revision() > 0 ? "revision" : "serial",
                entry.allocation().revision() > 0
                    ? entry.allocation().revision()
                    : entry.allocation().serial()),
        "Run: cadastre reconcile --adopt");
  }

  private static Finding oldSchemaFinding() {
    return new Finding(
        "schema-old",
        Severity.WARNING,
        SchemaNames.REVISION,
        "the schema of the publish directory has no %s, or cannot be read: owners are published without it. After a restore of an old backup a repair could undo a rebinding, a change of a DN or a retirement of a withheld owner"
            .formatted(SchemaNames.REVISION),
        "Load the schema of this version into every publish server (docs/operations.md,"
            + " \"Schema\"), then run: cadastre reconcile --repair");
  }

  private static Finding driftFinding(String stableId) {
    return new Finding(
        "drift",
        Severity.ERROR,
        stableId,
        "the directory's entries of the owner %s differ from the ledger".formatted(stableId),
        "Run: cadastre reconcile --repair");
  }
}
