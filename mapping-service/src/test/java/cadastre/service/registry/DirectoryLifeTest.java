/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.registry;

import static cadastre.service.registry.CallerRegistry.TEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cadastre.service.directory.Slapd;
import cadastre.service.failure.RefusalCode;
import cadastre.service.failure.Refused;
import cadastre.service.ledger.TestLedger;
import cadastre.subid.Allocation;
import cadastre.subid.AllocationState;
import cadastre.subid.OwnerName;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What accounts go through in a real directory, and what becomes of their ranges. */
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
  void allocationIsPublishedWhenTheAnswerComes() {
    Granted granted = site.allocate("zoe");

    assertThat(granted.directory()).isEqualTo(DirectoryState.PUBLISHED);
    assertThat(site.published()).containsExactly(granted.allocation());
  }

  @Test
  void renamedAccountKeepsItsRangeEverywhere() {
    Allocation before = site.allocate("zoe").allocation();
    slapd.rename("zoe", "zoe-smith");

    assertThat(site.follow()).isEqualTo(new Follower.Followed(1, 0, 0, 0));
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
    site.accounts.read();

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
        site.rebinding.rebind(
            new AllocateRequest(new OwnerName("zoe"), Optional.empty(), Optional.empty()), TEST);
    site.drain();

    assertThat(rebound.id()).isEqualTo(old.id());
    assertThat(rebound.uidRange()).isEqualTo(old.uidRange());
    assertThat(rebound.state()).isEqualTo(AllocationState.ACTIVE);
    assertThat(site.published()).containsExactly(rebound);
    assertThat(site.allocate("zoe").outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  void reloadedDirectoryIsReboundAllAtOnce() {
    for (int i = 0; i < 5; i++) {
      slapd.addAccount("user" + i, 6000 + i, 6000 + i);
      site.allocate("user" + i);
    }
    var before = site.rows();
    for (int i = 0; i < 5; i++) {
      slapd.delete("user" + i);
      slapd.addAccount("user" + i, 6000 + i, 6000 + i);
    }

    assertThat(site.rebinding.rebindAll(true, TEST)).hasSize(5);
    assertThat(site.rows()).isEqualTo(before);
    assertThat(site.rebinding.rebindAll(false, TEST)).hasSize(5);
    site.drain();

    assertThat(site.published())
        .extracting(Allocation::uidRange)
        .containsExactlyElementsOf(before.stream().map(Allocation::uidRange).toList());
    assertThat(site.published()).containsExactlyElementsOf(site.rows());
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
  void accountWithAnIdInTheNextSlotHasItSkipped() {
    slapd.addAccount("clash", 1001062400 + 77, 5003);
    site.accounts.read();

    Allocation allocation = site.allocate("zoe").allocation();

    assertThat(allocation.uidRange().start()).isEqualTo(1001062400 + 65536);
    assertThat(
            new Audit(site.ledger, site.accounts, site.reconciler::report, Clock.systemUTC())
                .run()
                .findings())
        .anyMatch(f -> f.rule().equals("blocked-slot"));
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
    return site.ledger.read(reader -> reader.byId(allocation.id()).orElseThrow().state());
  }
}
