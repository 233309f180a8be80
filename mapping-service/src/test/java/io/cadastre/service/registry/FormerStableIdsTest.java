/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static io.cadastre.service.registry.CallerSite.TEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.event.EventKind;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.service.registry.AllocationResult.Outcome;
import io.cadastre.service.registry.IdentityCommands.Rebinding;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Owners that an earlier version recorded under stable ids with lost bytes. */
class FormerStableIdsTest {
  private static final String LOST = "jpegphoto:" + "\uFFFD".repeat(16);
  private static final String ALICE = "808182838485868788898a8b8c8d8e8f";
  private static final String BOB = "909192939495969798999a9b9c9d9e9f";
  private static final String DAVE = "62808182838485868788898a8b8c8d8e";
  private static final String CAROL = "61808182838485868788898a8b8c8d8e";

  @TempDir Path folder;
  private final TestLedger database = TestLedger.inMemory();
  private Site site;

  @BeforeEach
  void start() {
    record("alice", 5000, LOST, 0);
    record("carol", 5002, "jpegphoto:a" + "\uFFFD".repeat(15), 1);
    site =
        Site.ready(
            database.ledger(),
            new EmbeddedAccounts()
                .withPhoto("alice", 5000, ALICE)
                .withPhoto("bob", 5001, BOB)
                .withPhoto("carol", 5002, CAROL)
                .in(folder, "jpegPhoto"));
  }

  @AfterEach
  void stop() {
    site.close();
    database.close();
  }

  private void record(String name, long uid, String stableId, long slot) {
    IdRange range = new IdRange(1001062400 + slot * 65536, 65536);
    Owner owner =
        new Owner(
            stableId,
            new OwnerName(name),
            uid,
            uid,
            Optional.of("uid=%s,ou=people,dc=example,dc=org".formatted(name)));
    database
        .ledger()
        .change(
            transaction ->
                transaction.grant(
                    Admission.newAllocation(owner, Optional.of("default"), range, range),
                    OptionalLong.of(slot),
                    EventKind.ALLOCATE,
                    TEST));
  }

  @Test
  void ownersStayActiveAndAreFindings() {
    assertThat(site.follow().withheld()).isZero();
    assertThat(site.synchronizer.findings())
        .extracting(Finding::rule)
        .containsExactlyInAnyOrder("stable-id-was-shared", "stable-id-form");
    assertThat(site.synchronizer.findings())
        .filteredOn(f -> f.rule().equals("stable-id-was-shared"))
        .singleElement()
        .satisfies(f -> assertThat(f.message()).contains("alice (uid 5000)", "bob (uid 5001)"));
    assertThat(site.present("alice").state()).isEqualTo(AllocationState.ACTIVE);
  }

  @Test
  void accountThatSharedAnIdDoesNotGetTheRange() {
    assertThat(site.allocate("bob").allocation().uidRange())
        .isEqualTo(new IdRange(1001062400 + 2 * 65536, 65536));
    assertThatThrownBy(() -> site.allocate("alice"))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.code()).isEqualTo(RefusalCode.IDENTITY_CHANGED));
  }

  @Test
  void rebindAllSettlesWhatIsClearAndListsTheRest() {
    Rebinding dryRun = site.identityCommands.rebindAll(true, TEST);
    assertThat(dryRun.rebound())
        .extracting(m -> m.account().name().value())
        .containsExactly("carol");
    assertThat(dryRun.undecided())
        .extracting(m -> m.account().name().value())
        .containsExactlyInAnyOrder("alice", "bob");

    assertThat(site.identityCommands.rebindAll(false, TEST)).isEqualTo(dryRun);
    assertThat(site.present("carol").owner().stableId()).isEqualTo("jpegphoto:hex:" + CAROL);
    assertThat(site.present("alice").owner().stableId()).isEqualTo(LOST);

    site.identityCommands.rebind(
        new AllocateRequest(new OwnerName("alice"), Optional.empty(), Optional.empty()),
        false,
        TEST);
    assertThat(site.allocate("alice").outcome()).isEqualTo(Outcome.UNCHANGED);
    site.follow();
    assertThat(site.synchronizer.findings()).isEmpty();
  }

  /** Accounts may have been renamed between the upgrade and the rebinding. */
  private void restartWith(EmbeddedAccounts accounts) {
    site.close();
    site = Site.ready(database.ledger(), accounts.in(folder, "jpegPhoto"));
  }

  private static void refused(RefusalCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo(code));
  }

  @Test
  void renamedAccountKeepsItsRangeUntilRebindAllFindsItByTheFormerId() {
    IdRange range = site.present("carol").uidRange();
    restartWith(new EmbeddedAccounts().withPhoto("carol2", 5002, CAROL));

    site.follow();
    assertThat(site.present("carol").state()).isEqualTo(AllocationState.ACTIVE);
    refused(RefusalCode.IDENTITY_CHANGED, () -> site.allocate("carol2"));

    assertThat(site.identityCommands.rebindAll(false, TEST).rebound())
        .extracting(m -> m.account().name().value())
        .containsExactly("carol2");
    assertThat(site.allocate("carol2").outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(site.present("carol2").uidRange()).isEqualTo(range);
  }

  @Test
  void remedyOfTheRefusalOfARenamedAccountWorksAsPrinted() {
    IdRange range = site.present("alice").uidRange();
    restartWith(
        new EmbeddedAccounts().withPhoto("alice2", 5000, ALICE).withPhoto("bob", 5001, BOB));

    assertThatThrownBy(() -> site.allocate("alice2"))
        .hasMessageContaining("cadastre rebind alice2 --reason WHY");
    site.identityCommands.rebind(
        new AllocateRequest(new OwnerName("alice2"), Optional.empty(), Optional.empty()),
        false,
        TEST);
    assertThat(site.present("alice2").uidRange()).isEqualTo(range);
  }

  /** The new holder of the name and uid has another id: the former id decides, not the name. */
  @Test
  void formerIdDecidesBeforeNameAndUid() {
    IdRange range = site.present("carol").uidRange();
    restartWith(
        new EmbeddedAccounts().withPhoto("carol", 5002, BOB).withPhoto("carol2", 5003, CAROL));

    site.follow();
    assertThat(site.present("carol").state()).isEqualTo(AllocationState.WITHHELD);
    site.identityCommands.rebindAll(false, TEST);
    assertThat(site.present("carol2").uidRange()).isEqualTo(range);
    assertThat(site.present("carol2").state()).isEqualTo(AllocationState.ACTIVE);
  }

  @Test
  void accountsThatExchangedTheirNamesKeepTheirRanges() {
    record("dave", 5003, "jpegphoto:b" + "\uFFFD".repeat(15), 3);
    IdRange ofCarol = site.present("carol").uidRange();
    IdRange ofDave = site.present("dave").uidRange();
    restartWith(
        new EmbeddedAccounts().withPhoto("dave", 5002, CAROL).withPhoto("carol", 5003, DAVE));

    assertThat(site.identityCommands.rebindAll(false, TEST).rebound()).hasSize(2);
    assertThat(site.allocate("dave").outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(site.present("dave").uidRange()).isEqualTo(ofCarol);
    assertThat(site.allocate("carol").outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(site.present("carol").uidRange()).isEqualTo(ofDave);
  }

  @Test
  void rebindAllGivesNoOwnerAReservedName() {
    restartWith(new EmbeddedAccounts().withPhoto("root", 5002, CAROL));

    assertThat(site.identityCommands.rebindAll(false, TEST).rebound()).isEmpty();
  }
}
