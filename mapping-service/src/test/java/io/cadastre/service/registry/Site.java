/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static io.cadastre.service.registry.CallerSite.TEST;
import static org.awaitility.Awaitility.await;

import io.cadastre.service.config.DirectoryConfiguration;
import io.cadastre.service.config.IdentitySource;
import io.cadastre.service.config.NameCase;
import io.cadastre.service.directory.Directory;
import io.cadastre.service.directory.PublishedEntry;
import io.cadastre.service.directory.PublishedEntry.Ours;
import io.cadastre.service.event.Event;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.registry.AllocationResult.Allocated;
import io.cadastre.service.view.CurrentView;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SnapshotRow;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All commands, queries and background work, over a real directory. */
final class Site implements AutoCloseable {
  final Ledger ledger;
  final Directory directory;
  final Accounts accounts;
  final Publisher publisher;
  final ChangeGate gate = ChangeGate.closed();
  final AdmissionRules rules = AdmissionRules.byDefault();
  final Reconciler reconciler;
  final AccountSynchronizer synchronizer;
  final Identities identities;
  final OwnerCommands ownerCommands;
  final IdentityCommands identityCommands;
  final OwnerQueries ownerQueries;

  /** A site with its accounts read, and its directory not yet compared with the ledger. */
  Site(Ledger ledger, DirectoryConfiguration configuration) {
    this(ledger, configuration, Duration.ofMinutes(5), Duration.ofDays(90));
  }

  /** The same, with these limits for the age of a read and for the memory of real IDs. */
  Site(
      Ledger ledger,
      DirectoryConfiguration configuration,
      Duration maximumAge,
      Duration realIdMemory) {
    this(ledger, configuration, maximumAge, realIdMemory, NameCase.PRESERVE);
  }

  private Site(
      Ledger ledger,
      DirectoryConfiguration configuration,
      Duration maximumAge,
      Duration realIdMemory,
      NameCase nameCase) {
    this.ledger = ledger;
    directory = Directory.open(configuration, nameCase, Clock.systemUTC());
    accounts =
        new Accounts(
            directory.identity(), new RealIdMemory(ledger, realIdMemory), new ReadAge(maximumAge));
    publisher = new Publisher(ledger, Optional.of(directory.publish()), gate);
    CurrentView views = CurrentView.of(ledger);
    reconciler =
        new Reconciler(ledger, Optional.of(directory.publish()), publisher, gate, rules, views);
    synchronizer = new AccountSynchronizer(ledger, accounts, publisher, gate, rules);
    identities = new Identities(IdentitySource.DIRECTORY, accounts, nameCase);
    ownerCommands = new OwnerCommands(ledger, identities, publisher, gate, rules);
    identityCommands = new IdentityCommands(ledger, accounts, identities, publisher, gate, rules);
    ownerQueries = new OwnerQueries(views, ledger, nameCase);
    accounts.refresh();
    publisher.start();
  }

  /** A site that is ready. */
  static Site ready(Ledger ledger, DirectoryConfiguration configuration) {
    Site site = new Site(ledger, configuration);
    site.reconciler.compareAtStart();
    return site;
  }

  /** A site that is ready, with login names in lower case. */
  static Site loweredReady(Ledger ledger, DirectoryConfiguration configuration) {
    Site site =
        new Site(ledger, configuration, Duration.ofMinutes(5), Duration.ofDays(90), NameCase.LOWER);
    site.reconciler.compareAtStart();
    return site;
  }

  ImportCommands importCommands() {
    return new ImportCommands(ledger, accounts, identities, publisher, gate, rules);
  }

  Allocated allocate(String name) {
    return ownerCommands.allocate(
        new AllocateRequest(new OwnerName(name), Optional.empty(), Optional.empty()), TEST);
  }

  Allocated reinstate(String name) {
    return ownerCommands.allocate(
        new AllocateRequest(new OwnerName(name), Optional.empty(), Optional.empty(), true), TEST);
  }

  /** The newly entitled accounts; a restart of the service makes another one. */
  NewlyEntitledAccounts entitled(long acceptAbove) {
    return new NewlyEntitledAccounts(
        ledger, accounts, identities, publisher, gate, rules, acceptAbove);
  }

  List<Event> history(String name) {
    return new AuditLogQueries(ledger, identities.nameCase())
        .after(0, EventOwner.named(new OwnerName(name)), Integer.MAX_VALUE - 1)
        .events();
  }

  Allocation present(String nameOrUid) {
    return ownerQueries.owner(nameOrUid);
  }

  AccountSynchronizer.Followed follow() {
    return synchronizer.readAndFollow(FollowAcceptance.NOTHING, false).orElseThrow();
  }

  /** Waits until the outbox is empty. */
  void drain() {
    await().atMost(Duration.ofMinutes(1)).until(() -> publisher.age().owners() == 0);
  }

  /** The published allocations, by start of the subuid range. */
  List<Allocation> published() {
    return directory.publish().entries().stream()
        .filter(Ours.class::isInstance)
        .map(Ours.class::cast)
        .map(Ours::allocation)
        .sorted(Comparator.comparing(Allocation::uidRange))
        .toList();
  }

  List<PublishedEntry> entries() {
    return directory.publish().entries();
  }

  /** All rows, by start of the subuid range. */
  List<Allocation> rows() {
    return ledger.read(LedgerQueries::all);
  }

  /** All rows as entries show them: only those of active allocations name the account. */
  List<Allocation> shown() {
    return rows().stream().map(Site::shown).toList();
  }

  private static Allocation shown(Allocation a) {
    Owner o = a.owner();
    return a.state() == AllocationState.ACTIVE
        ? a
        : a.withOwner(
            new Owner(o.stableId(), o.name(), o.uidNumber(), o.gidNumber(), Optional.empty()));
  }

  /** As {@link #shown()}, without revisions: an adoption moves them. */
  List<Allocation> unrevised() {
    return shown().stream().map(a -> a.withRevision(0)).toList();
  }

  /** The snapshot's rows, which its digest covers. */
  static List<String> snapshotRows(Ledger ledger) {
    List<SnapshotRow> rows =
        ledger.read(queries -> queries.inState(AllocationState.ACTIVE)).stream()
            .map(SnapshotRow::of)
            .toList();
    Snapshot snapshot =
        Snapshot.of(ledger.head().uuid(), ledger.head().serial(), ledger.head().hash(), rows);
    return new String(snapshot.render(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.startsWith("#") || line.startsWith("# sha256"))
        .toList();
  }

  @Override
  public void close() {
    publisher.close();
    directory.close();
  }
}
