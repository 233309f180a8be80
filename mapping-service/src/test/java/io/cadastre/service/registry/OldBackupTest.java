/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static io.cadastre.service.registry.CallerSite.TEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.directory.Slapd;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.ledger.EventArchive;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.ledger.PoolRegister;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.service.registry.AdoptionCommands.Adopted;
import io.cadastre.subid.AcceptedClaims;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * An old backup of the ledger beside a directory that shows later changes: no change that was
 * published is undone, whether the snapshot shows it or not.
 */
@Tag("slow")
class OldBackupTest {
  private final TestLedger database = TestLedger.inMemory();
  private final TestLedger restored = TestLedger.fresh();
  private final List<String> backup = new ArrayList<>();
  private Slapd slapd;

  @BeforeEach
  void publishThreeOwners() {
    slapd = Slapd.start();
    try (Site site = ready(database.ledger())) {
      for (int i = 0; i < 4; i++) {
        slapd.addAccount("user" + i, 6000 + i, 6000 + i);
      }
      site.accounts.refresh();
      for (int i = 0; i < 4; i++) {
        site.allocate("user" + i);
      }
      change(site, "user0", EventKind.WITHHOLD, a -> a.withState(AllocationState.WITHHELD));
      site.drain();
    }
  }

  @AfterEach
  void stop() {
    slapd.close();
    database.close();
    restored.close();
  }

  private Site ready(Ledger ledger) {
    return Site.ready(ledger, slapd.configuration());
  }

  private static void change(
      Site site, String name, EventKind kind, UnaryOperator<Allocation> change) {
    Allocation unused =
        site.ledger.change(
            transaction -> {
              Allocation before =
                  transaction.flush().currentNamed(new OwnerName(name)).orElseThrow();
              return transaction.change(before, change.apply(before), kind, TEST);
            });
  }

  private static Adopted adopt(Site site) {
    return new AdoptionCommands(site.ledger, site.directory.publish(), site.gate, site.rules)
        .adopt(OptionalLong.empty(), false, TEST);
  }

  private static Allocation withOwner(Allocation a, String stableId, Optional<String> dn) {
    Owner o = a.owner();
    return a.withOwner(new Owner(stableId, o.name(), o.uidNumber(), o.gidNumber(), dn));
  }

  @Test
  void changesThatTheSnapshotDoesNotShowStand() {
    List<Allocation> rows;
    try (Site site = ready(database.ledger())) {
      new EventArchive(site.ledger).export(backup::add);
      long serial = site.ledger.head().serial();
      change(site, "user0", EventKind.RETIRE, a -> a.withState(AllocationState.RETIRED));
      change(site, "user1", EventKind.REBIND, a -> withOwner(a, "entryUUID:new", a.owner().dn()));
      change(
          site,
          "user2",
          EventKind.FOLLOW,
          a -> withOwner(a, a.owner().stableId(), Optional.of("uid=user2,ou=staff,dc=example")));
      assertThat(site.ledger.head().serial()).isEqualTo(serial);
      site.drain();
      rows = site.unrevised();
    }
    new EventArchive(restored.ledger()).replay(backup.stream());
    try (Site site = ready(restored.ledger())) {
      assertThat(site.gate.obstacle()).hasValueSatisfying(o -> assertThat(o).contains("--adopt"));
      // A repair must not overwrite the newer entries.
      site.reconciler.repair();
      assertThat(adopt(site).allocations()).hasSize(3);
      assertThat(site.reconciler.report()).isEmpty();
      site.drain();

      assertThat(site.unrevised()).isEqualTo(rows);
      assertThat(site.published()).isEqualTo(site.shown());
      site.ownerCommands.retire(new OwnerName("user3"), TEST);
      site.drain();
    }
    startsWithoutADifference(restored.ledger());
  }

  @Test
  void rebuiltLedgerGoesOnAboveEveryRevisionOfItsEntries() {
    PoolRegister.record(restored.ledger(), List.of(TestLedger.DEFAULT_POOL), AcceptedClaims.NONE);
    long revision = database.ledger().head().revision();
    try (Site site = new Site(restored.ledger(), slapd.configuration())) {
      assertThat(adopt(site).allocations()).hasSize(4);
      assertThat(site.rows()).allMatch(a -> a.revision() > revision);
      site.reconciler.compareAtStart();
      site.drain();
      site.ownerCommands.retire(new OwnerName("user1"), TEST);
      site.drain();
      assertThat(site.published()).isEqualTo(site.shown());
    }
    startsWithoutADifference(restored.ledger());
  }

  private void startsWithoutADifference(Ledger ledger) {
    try (Site site = ready(ledger)) {
      assertThat(site.gate.obstacle()).isEmpty();
      assertThat(site.reconciler.report()).isEmpty();
      assertThat(site.allocate("user2").outcome()).isEqualTo(AllocationResult.Outcome.UNCHANGED);
    }
  }

  @Test
  void unreadableEntryIsAdoptedOnceItIsMended() {
    new EventArchive(database.ledger()).export(backup::add);
    List<String> early = backup.stream().filter(line -> !line.contains("\"user3\"")).toList();
    new EventArchive(restored.ledger()).replay(early.subList(0, 3).stream());
    try (Site site = new Site(restored.ledger(), slapd.configuration())) {
      String entries = slapd.export(Slapd.SUBIDS);
      String wrong = entries.replace("cadastreState: active", "cadastreState: bogus");
      slapd.clear(Slapd.RETIRED);
      slapd.clear(Slapd.SUBIDS);
      slapd.load(wrong);
      site.reconciler.compareAtStart();
      assertThat(site.ledger.read(LedgerQueries::foreignRanges)).isNotEmpty();
      slapd.clear(Slapd.SUBIDS);
      slapd.load(entries);

      assertThat(site.reconciler.report())
          .extracting(Finding::rule)
          .contains("directory-ahead")
          .doesNotContain("entry-refused", "entry-unreadable");
      assertThat(adopt(site).refused()).isEmpty();
      assertThat(site.reconciler.report()).isEmpty();
      assertThat(site.ledger.read(LedgerQueries::foreignRanges)).isEmpty();
    }
  }
}
