/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static io.cadastre.service.registry.CallerSite.TEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.directory.Slapd;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.service.registry.AllocationResult.Allocated;
import io.cadastre.service.registry.AllocationResult.DirectoryState;
import io.cadastre.service.registry.AllocationResult.Outcome;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Finding;
import io.cadastre.subid.OwnerName;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts change in a real directory, and their ranges follow. */
@Tag("slow")
class DirectoryLifeTest {
  private final TestLedger database = TestLedger.inMemory();
  private Slapd slapd;
  private Site site;

  @BeforeEach
  void start() {
    slapd = Slapd.start();
    slapd.addAccount("zoe", 5001, 5001);
    site = Site.ready(database.ledger(), slapd.configuration());
  }

  @AfterEach
  void stop() {
    site.close();
    slapd.close();
    database.close();
  }

  @Test
  void allocationIsPublishedBeforeTheAnswer() {
    Allocated granted = site.allocate("zoe");

    assertThat(granted.directory()).isEqualTo(DirectoryState.PUBLISHED);
    assertThat(site.published()).containsExactly(granted.allocation());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,b", "a+b=c", "zoë;\"<>\\", "*)(uid=zoe", "漢字"})
  void nameThatADnMustEscapeIsPublishedFoundAndFollowed(String name) {
    slapd.addAccount(name, 5002, 5002);
    Allocated granted = site.allocate(name);

    assertThat(granted.directory()).isEqualTo(DirectoryState.PUBLISHED);
    assertThat(site.published()).containsExactly(granted.allocation());
    assertThat(site.reconciler.report()).isEmpty();
    assertThat(site.follow()).isEqualTo(new AccountSynchronizer.Followed(0, 0, 0, 0, Renames.NONE));
    slapd.rename(name, name + "2");
    assertThat(site.follow().followed()).isEqualTo(1);
    site.drain();
    assertThat(site.published()).isEqualTo(site.shown());
  }

  @Test
  void renamedAccountKeepsItsRangeEverywhere() {
    Allocation before = site.allocate("zoe").allocation();
    slapd.rename("zoe", "zoe-smith");

    AccountSynchronizer.Followed followed = site.follow();
    assertThat(followed.followed()).isEqualTo(1);
    assertThat(followed.renames().waiting()).isFalse();
    site.drain();

    Allocation after = site.present("zoe-smith");
    assertThat(after.id()).isEqualTo(before.id());
    assertThat(after.uidRange()).isEqualTo(before.uidRange());
    assertThat(after.serial()).isGreaterThan(before.serial());
    assertThat(site.published()).containsExactly(after);
    assertThat(Site.snapshotRows(site.ledger)).anyMatch(row -> row.startsWith("zoe-smith:5001:"));
    assertThat(site.allocate("zoe-smith").outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  void newAccountUnderAnOldNameInheritsNothing() {
    replacedBy("zoe", 5002);
  }

  @Test
  void newAccountUnderAnOldUidInheritsNothing() {
    replacedBy("yan", 5001);
  }

  private void replacedBy(String name, long uid) {
    Allocation old = site.allocate("zoe").allocation();
    slapd.delete("zoe");
    slapd.addAccount(name, uid, uid);
    site.accounts.refresh();

    Allocation heir = site.allocate(name).allocation();
    site.drain();

    assertThat(heir.uidRange().overlaps(old.uidRange())).isFalse();
    assertThat(stateOf(old)).isEqualTo(AllocationState.WITHHELD);
    assertThat(slapd.count(Slapd.RETIRED)).isEqualTo(1);
    assertThat(Site.snapshotRows(site.ledger)).noneMatch(r -> r.contains(old.id().toString()));
    assertThat(site.published()).hasSize(2).contains(heir);
  }

  @Test
  void newAccountUnderNameAndUidIsRefusedUntilRebound() {
    Allocation old = site.allocate("zoe").allocation();
    slapd.delete("zoe");
    slapd.addAccount("zoe", 5001, 5001);

    assertThatThrownBy(() -> site.allocate("zoe"))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.code()).isEqualTo(RefusalCode.IDENTITY_CHANGED));
    site.follow();
    assertThat(stateOf(old)).isEqualTo(AllocationState.WITHHELD);
    assertThatThrownBy(() -> site.allocate("zoe")).isInstanceOf(Refused.class);

    Allocation rebound =
        site.identityCommands.rebind(
            new AllocateRequest(new OwnerName("zoe"), Optional.empty(), Optional.empty()),
            false,
            TEST);
    site.drain();

    assertThat(rebound.id()).isEqualTo(old.id());
    assertThat(rebound.uidRange()).isEqualTo(old.uidRange());
    assertThat(rebound.state()).isEqualTo(AllocationState.ACTIVE);
    assertThat(site.published()).containsExactly(rebound);
    assertThat(site.allocate("zoe").outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  void reloadedDirectoryIsReboundInOneCommand() {
    for (int i = 0; i < 5; i++) {
      slapd.addAccount("user" + i, 6000 + i, 6000 + i);
      site.allocate("user" + i);
    }
    var before = site.rows();
    for (int i = 0; i < 5; i++) {
      slapd.delete("user" + i);
      slapd.addAccount("user" + i, 6000 + i, 6000 + i);
    }

    assertThat(site.identityCommands.rebindAll(true, TEST).rebound()).hasSize(5);
    assertThat(site.rows()).isEqualTo(before);
    assertThat(site.identityCommands.rebindAll(false, TEST).rebound()).hasSize(5);
    site.drain();

    assertThat(site.published())
        .extracting(Allocation::uidRange)
        .containsExactlyElementsOf(before.stream().map(Allocation::uidRange).toList());
    assertThat(site.published()).containsExactlyElementsOf(site.shown());
  }

  @Test
  void deletedAccountIsWithheld() {
    slapd.addAccount("yan", 5002, 5002);
    Allocation yan = site.allocate("yan").allocation();
    site.allocate("zoe");
    slapd.delete("yan");

    assertThat(site.follow().withheld()).isEqualTo(1);
    site.drain();
    assertThat(stateOf(yan)).isEqualTo(AllocationState.WITHHELD);
    assertThat(slapd.count(Slapd.RETIRED)).isEqualTo(1);
  }

  @Test
  void copyOfAnEntryUnderAnotherStableIdIsDriftAndIsRemoved() {
    String stableId = site.allocate("zoe").allocation().owner().stableId();
    site.ownerCommands.retire(new OwnerName("zoe"), TEST);
    site.drain();
    String entry = slapd.export(Slapd.RETIRED);
    slapd.load(entry.replace(Slapd.RETIRED, Slapd.SUBIDS).replace(stableId, "entryUUID:copy"));
    assertThat(site.published()).hasSize(2);

    assertThat(site.reconciler.repair()).extracting(Finding::rule).containsExactly("drift");
    site.drain();

    assertThat(slapd.export(Slapd.RETIRED)).isEqualTo(entry);
    assertThat(site.published()).isEqualTo(site.shown());
  }

  @Test
  void ownerPublishedDuringTheComparisonIsNoDrift() throws Exception {
    List<String> names = IntStream.range(0, 150).mapToObj(i -> "user" + i).toList();
    names.forEach(n -> slapd.addAccount(n, 6000 + names.indexOf(n), 6000));
    site.accounts.refresh();
    List<Finding> findings = new ArrayList<>();
    CompletableFuture<Void> allocating =
        CompletableFuture.runAsync(() -> names.forEach(site::allocate));
    while (!allocating.isDone()) {
      findings.addAll(site.reconciler.report());
    }
    allocating.get();

    assertThat(findings).isEmpty();
  }

  @Test
  void slotWithTheIdOfAnAccountIsSkipped() {
    slapd.addAccount("clash", 1001062400 + 77, 5003);
    site.accounts.refresh();

    Allocation allocation = site.allocate("zoe").allocation();

    assertThat(allocation.uidRange().start()).isEqualTo(1001062400 + 65536);
    assertThat(
            new Audit(
                    site.ledger,
                    site.accounts,
                    site.reconciler::report,
                    List.of(),
                    Clock.systemUTC())
                .run()
                .findings())
        .anyMatch(
            f ->
                f.rule().equals("blocked-slot")
                    && f.message().contains("uid 1001062477 of uid=clash,"));
  }

  @Test
  void driftIsReportedAndRepaired() {
    Allocation allocation = site.allocate("zoe").allocation();
    slapd.deleteEntry("subUidNumber=" + allocation.uidRange().start() + "," + Slapd.SUBIDS);

    assertThat(site.reconciler.report()).extracting(f -> f.rule()).containsExactly("drift");
    site.reconciler.repair();
    site.drain();

    assertThat(site.published()).containsExactly(allocation);
    assertThat(site.reconciler.report()).isEmpty();
  }

  private AllocationState stateOf(Allocation allocation) {
    return site.ledger.read(queries -> queries.byId(allocation.id()).orElseThrow().state());
  }
}
