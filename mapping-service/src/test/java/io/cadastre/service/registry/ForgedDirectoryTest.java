/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static io.cadastre.service.registry.CallerSite.TEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.directory.Slapd;
import io.cadastre.service.failure.PoolHeld;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.EventArchive;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.ledger.PoolRegister;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.service.registry.AdoptionCommands.Adopted;
import io.cadastre.service.registry.AllocationResult.Outcome;
import io.cadastre.subid.AcceptedClaims;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.Finding;
import io.cadastre.subid.OwnerName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A real slapd with forged entries: each is refused, and none affects a valid entry. */
@Tag("slow")
class ForgedDirectoryTest {
  private static final int OWNERS = 12;
  private static final String LARGE = ForgedEntries.LARGE + "," + Slapd.SUBIDS;

  private final TestLedger database = TestLedger.inMemory();
  private final TestLedger other = TestLedger.fresh();
  private final List<String> backup = new ArrayList<>();
  private Slapd slapd;
  private List<Allocation> rows = List.of();
  private List<String> snapshot = List.of();

  @BeforeEach
  void forge() {
    slapd = Slapd.start();
    for (int i = 0; i < OWNERS + 2; i++) {
      slapd.addAccount("user" + i, 6000 + i, 6000 + i);
    }
    try (Site site = ready(database.ledger())) {
      for (int i = 0; i < OWNERS; i++) {
        site.allocate("user" + i);
        if (i == OWNERS / 2) {
          new EventArchive(site.ledger).export(backup::add);
          site.ownerCommands.retire(new OwnerName("user0"), TEST);
          site.ownerCommands.supersede(new OwnerName("user1"), Optional.empty(), false, TEST);
        }
      }
      site.drain();
      rows = site.shown();
      snapshot = Site.snapshotRows(site.ledger);
    }
    slapd.load(ForgedEntries.ldif(Slapd.SUBIDS));
  }

  @AfterEach
  void stop() {
    slapd.close();
    database.close();
    other.close();
  }

  private Site ready(Ledger ledger) {
    return Site.ready(ledger, slapd.configuration());
  }

  private static Adopted adopt(Site site, boolean dryRun) {
    return new AdoptionCommands(site.ledger, site.directory.publish(), site.gate, site.rules)
        .adopt(OptionalLong.empty(), dryRun, TEST);
  }

  @Test
  void oldLedgerAdoptsAllValidEntriesAndNoForgedOne() {
    new EventArchive(other.ledger()).replay(backup.stream());
    try (Site site = ready(other.ledger())) {
      assertThat(site.gate.obstacle()).hasValueSatisfying(o -> assertThat(o).contains("--adopt"));

      assertThat(adopt(site, true).allocations()).hasSize(OWNERS / 2 + 2);
      Adopted adopted = adopt(site, false);
      List<Finding> findings = site.reconciler.report();

      assertThat(site.unrevised()).isEqualTo(unrevised(rows));
      assertThat(Site.snapshotRows(site.ledger)).isEqualTo(snapshot);
      assertThat(adopted.refused()).isNotEmpty();
      assertThat(findings)
          .extracting(Finding::rule)
          .containsOnly("entry-refused", "entry-unreadable");
      assertThat(findings).extracting(Finding::subject).doesNotHaveDuplicates();
      assertThat(findings).hasSize(ForgedEntries.COUNT);
    }
    nextStartFindsNothingToAdopt(other.ledger());
  }

  @Test
  void ledgerIsRebuiltFromAllValidEntriesAndNoForgedOne() {
    PoolRegister.record(other.ledger(), List.of(TestLedger.DEFAULT_POOL), AcceptedClaims.NONE);
    try (Site site = new Site(other.ledger(), slapd.configuration())) {
      assertThat(adopt(site, false).allocations()).hasSameSizeAs(rows);

      assertThat(site.unrevised()).isEqualTo(unrevised(rows));
      assertThat(Site.snapshotRows(site.ledger)).isEqualTo(snapshot);
    }
    nextStartFindsNothingToAdopt(other.ledger());
  }

  private static List<Allocation> unrevised(List<Allocation> rows) {
    return rows.stream().map(a -> a.withRevision(0)).toList();
  }

  private void nextStartFindsNothingToAdopt(Ledger ledger) {
    try (Site site = ready(ledger)) {
      assertThat(site.gate.obstacle()).isEmpty();
      site.drain();
      assertThat(site.allocate("user3").outcome()).isEqualTo(Outcome.UNCHANGED);
      assertThat(adopt(site, true).allocations()).isEmpty();
      assertThat(site.reconciler.report())
          .extracting(Finding::rule)
          .doesNotContain("directory-ahead", "drift");
    }
  }

  @Test
  void entryOverAWholePoolHoldsItUntilDismissedOrDeleted() {
    try (Site site = ready(database.ledger())) {
      long blocked = site.ledger.read(queries -> queries.blockedSlots().size());
      assertThat(blocked).isBetween(20L, 200L);
      assertThatThrownBy(() -> site.allocate("user" + OWNERS))
          .isInstanceOf(PoolHeld.class)
          .hasMessageContaining(LARGE)
          .hasMessageContaining("cadastre dismiss-entry " + LARGE + " --reason");
      assertThat(site.allocate("user3").outcome()).isEqualTo(Outcome.UNCHANGED);

      DismissalCommands dismissalCommands =
          new DismissalCommands(site.ledger, site.directory.publish(), site.gate, site.rules);
      assertThatThrownBy(() -> dismissalCommands.dismiss("cn=none", false, TEST))
          .isInstanceOf(Refused.class);
      assertThat(dismissalCommands.dismiss(LARGE, true, TEST).dn()).isEqualTo(LARGE);
      site.reconciler.report();
      assertThatThrownBy(() -> site.allocate("user" + OWNERS)).isInstanceOf(PoolHeld.class);

      dismissalCommands.dismiss(LARGE, false, TEST);
      List<Finding> findings = site.reconciler.report();
      Allocation next = site.allocate("user" + OWNERS).allocation();

      assertThat(rows).noneMatch(a -> a.uidRange().overlaps(next.uidRange()));
      assertThat(findings)
          .filteredOn(f -> f.subject().equals(LARGE))
          .singleElement()
          .satisfies(f -> assertThat(f.message()).contains("dismissed"));
      replaysToTheSame(site.ledger);
    }
  }

  private void replaysToTheSame(Ledger ledger) {
    List<String> lines = new ArrayList<>();
    new EventArchive(ledger).export(lines::add);
    new EventArchive(other.ledger()).replay(lines.stream());
    assertThat(other.ledger().read(LedgerQueries::all)).isEqualTo(ledger.read(LedgerQueries::all));
    try (Site site = ready(other.ledger())) {
      assertThat(site.gate.holdsPools()).isFalse();
    }
  }

  @Test
  void refusedAndUnreadableCopiesOfAKnownAllocationAreDriftAndAreRemoved() {
    try (Site site = ready(database.ledger())) {
      Allocation known = site.present("user3");
      String forged = ForgedEntries.list(Slapd.SUBIDS).get(20);
      String id = forged.lines().findFirst().orElseThrow().replaceAll(".*Id=([^,]*),.*", "$1");
      String copy = forged.replace("Id: " + id, "Id: " + known.id());
      slapd.clear(Slapd.SUBIDS);
      site.reconciler.repair();
      site.drain();
      slapd.load(
          copy.replace("dn: cadastreAllocationId=" + id, "dn: subUidNumber=1")
                  .replaceAll("subUidNumber: \\d+", "subUidNumber: 1")
              + copy.replace("dn: cadastreAllocationId=" + id, "dn: subUidNumber=2")
                  .replaceAll("subUidNumber: \\d+", "subUidNumber: 2")
                  .replace("cadastreState: active", "cadastreState: bogus"));

      assertThat(site.reconciler.repair())
          .extracting(Finding::rule)
          .containsExactlyInAnyOrder("entry-refused", "entry-unreadable", "drift");
      site.drain();

      assertThat(site.reconciler.report()).isEmpty();
      assertThat(site.published()).isEqualTo(rows);
    }
  }

  @Test
  void poolIsReleasedOnceTheEntryIsDeleted() {
    try (Site site = ready(database.ledger())) {
      slapd.deleteEntry(LARGE);
      site.reconciler.compareIfPoolsAreHeld();

      assertThat(site.allocate("user" + OWNERS).outcome()).isEqualTo(Outcome.CREATED);
    }
  }

  @Test
  void forgedEntryDoesNotKeepAnOwnerFromBeingPublished() {
    try (Site site = ready(database.ledger())) {
      Allocation before = site.present("user3");
      slapd.load(
          ForgedEntries.list(Slapd.SUBIDS)
              .get(1)
              .replace("0badc0de", "0badc0df")
              .replace("entryUUID:forged2", before.owner().stableId()));
      site.reconciler.report();
      slapd.rename("user3", "renamed");
      site.follow();
      site.drain();

      assertThat(site.published()).contains(site.present("renamed"));
    }
  }

  @Test
  void entryWithASerialFarAheadIsAdoptedOnceItIsAccepted() {
    slapd.clear(Slapd.SUBIDS);
    PoolRegister.record(other.ledger(), List.of(TestLedger.DEFAULT_POOL), AcceptedClaims.NONE);
    slapd.load(
        ForgedEntries.list(Slapd.SUBIDS).stream()
            .filter(entry -> entry.contains("cadastreSerial: 500000"))
            .collect(Collectors.joining()));
    try (Site site = ready(other.ledger())) {
      // refused: its slots are blocked, and changes are not held back
      assertThat(site.gate.obstacle()).isEmpty();
      assertThat(site.ledger.read(LedgerQueries::blockedSlots)).hasSize(2);

      AdoptionCommands adoptionCommands =
          new AdoptionCommands(site.ledger, site.directory.publish(), site.gate, site.rules);
      assertThat(adoptionCommands.adopt(OptionalLong.of(4_999_999), false, TEST).allocations())
          .isEmpty();
      assertThat(adoptionCommands.adopt(OptionalLong.of(5_000_000), false, TEST).allocations())
          .hasSize(2);

      assertThat(site.ledger.head().serial()).isEqualTo(5_000_001);
      assertThat(site.ledger.read(LedgerQueries::blockedSlots)).isEmpty();
      assertThat(site.reconciler.report()).isEmpty();
      assertThatThrownBy(() -> adoptionCommands.adopt(OptionalLong.of(1L << 53), false, TEST))
          .isInstanceOf(Refused.class);
    }
  }
}
