/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static io.cadastre.service.registry.CallerSite.TEST;
import static io.cadastre.service.registry.CallerSite.request;
import static io.cadastre.service.registry.CallerSite.unidentified;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.api.AllocationJson;
import io.cadastre.service.api.HoldingJson;
import io.cadastre.service.api.KnownOwnerJson;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.BlockedSlot;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.service.registry.AllocationResult.Allocated;
import io.cadastre.service.registry.AllocationResult.DirectoryState;
import io.cadastre.service.registry.AllocationResult.NotAllocated;
import io.cadastre.service.registry.AllocationResult.Outcome;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Pool;
import io.cadastre.subid.Strategy;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OwnerCommandsTest {
  private static final Pool KUBE =
      new Pool(
          "kube",
          65536L * 16,
          List.of(IdRange.between(805306368, 805306368 + 65536L * 64 - 1)),
          Strategy.NEXT_FREE,
          1000);
  private static final Pool BY_UID = TestLedger.byUid(10);

  private final TestLedger database =
      TestLedger.inMemory(TestLedger.poolOf("default", 4), KUBE, BY_UID);
  private final CallerSite site = new CallerSite(database.ledger());

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void firstOwnerGetsTheFirstSlot() {
    Allocated granted = site.allocate("zoe", 1001, "z");

    assertThat(granted.outcome()).isEqualTo(Outcome.CREATED);
    assertThat(granted.directory()).isEqualTo(DirectoryState.NONE);
    assertThat(granted.allocation().uidRange()).isEqualTo(new IdRange(1001062400, 65536));
    assertThat(granted.allocation().gidRange()).isEqualTo(granted.allocation().uidRange());
    assertThat(granted.allocation().serial()).isEqualTo(1);
  }

  @Test
  void secondRequestReturnsTheSameRangeAndRecordsNothing() {
    Allocation first = site.allocate("zoe", 1001, "z").allocation();
    LedgerHead before = site.ledger.head();

    Allocated again = site.allocate("zoe", 1001, "z");

    assertThat(again.outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(again.allocation()).isEqualTo(first);
    assertThat(site.ledger.head()).isEqualTo(before);
  }

  @Test
  void renamedOwnerKeepsTheRange() {
    Allocation first = site.allocate("zoe", 1001, "z").allocation();

    Allocation renamed = site.allocate("zoe-smith", 1001, "z").allocation();

    assertThat(renamed.id()).isEqualTo(first.id());
    assertThat(renamed.uidRange()).isEqualTo(first.uidRange());
    assertThat(renamed.serial()).isGreaterThan(first.serial());
    assertThat(site.present("zoe-smith")).isEqualTo(renamed);
  }

  @Test
  void newPersonUnderAnOldNameInheritsNothing() {
    Allocation old = site.allocate("zoe", 1001, "z").allocation();

    Allocation heir = site.allocate("zoe", 1002, "y").allocation();

    assertThat(heir.uidRange().overlaps(old.uidRange())).isFalse();
    assertThat(stateOf(old)).isEqualTo(AllocationState.WITHHELD);
    assertThat(site.present("zoe")).isEqualTo(heir);
  }

  @Test
  void newPersonUnderAnOldUidInheritsNothing() {
    Allocation old = site.allocate("zoe", 1001, "z").allocation();

    Allocation heir = site.allocate("yan", 1001, "y").allocation();

    assertThat(heir.uidRange().overlaps(old.uidRange())).isFalse();
    assertThat(stateOf(old)).isEqualTo(AllocationState.WITHHELD);
    assertThat(site.present("1001")).isEqualTo(heir);
  }

  @Test
  void sameNameAndUidUnderAnotherStableIdIsRefused() {
    Allocation old = site.allocate("zoe", 1001, "z").allocation();

    refused(RefusalCode.IDENTITY_CHANGED, () -> site.allocate("zoe", 1001, "y"));

    assertThat(site.present("zoe")).isEqualTo(old);
  }

  @Test
  void retiredOwnerWithAnotherStableIdIsRefusedToo() {
    site.allocate("zoe", 1001, "z");
    site.retire("zoe");

    refused(RefusalCode.IDENTITY_CHANGED, () -> site.allocate("zoe", 1001, "y"));
  }

  @Test
  void withoutStableIdAnyReuseOfNameOrUidIsRefused() {
    site.ownerCommands.allocate(unidentified("zoe", 1001), TEST);

    refused(
        RefusalCode.IDENTITY_REUSED,
        () -> site.ownerCommands.allocate(unidentified("zoe", 1002), TEST));
    refused(
        RefusalCode.IDENTITY_REUSED,
        () -> site.ownerCommands.allocate(unidentified("yan", 1001), TEST));
  }

  @Test
  void withoutStableIdARepeatedRequestReturnsTheSameRange() {
    Allocated first = site.ownerCommands.allocate(unidentified("zoe", 1001), TEST);

    assertThat(site.ownerCommands.allocate(unidentified("zoe", 1001), TEST).allocation())
        .isEqualTo(first.allocation());
  }

  @Test
  void retiredRangeStaysReservedUntilItsOwnerAsksAgain() {
    Allocation first = site.allocate("zoe", 1001, "z").allocation();
    site.retire("zoe");
    site.retire("zoe");

    Allocation other = site.allocate("yan", 1002, "y").allocation();
    Allocated again = site.reinstate("zoe", 1001, "z");

    assertThat(other.uidRange().overlaps(first.uidRange())).isFalse();
    assertThat(again.outcome()).isEqualTo(Outcome.REINSTATED);
    assertThat(again.allocation().uidRange()).isEqualTo(first.uidRange());
    assertThat(again.allocation().id()).isEqualTo(first.id());
  }

  @Test
  void retiringTheFormerNameOfASupersededOwnerIsRefusedAndChangesNothing() {
    Allocation old = site.allocate("zoe", 1001, "z").allocation();
    site.ownerCommands.supersede(new OwnerName("zoe"), Optional.empty(), false, TEST);
    site.allocate("zoe-smith", 1001, "z");

    refused(RefusalCode.OWNER_RENAMED, () -> site.retire("zoe"));

    assertThat(stateOf(old)).isEqualTo(AllocationState.SUPERSEDED);
    assertThat(site.present("zoe-smith").state()).isEqualTo(AllocationState.ACTIVE);
  }

  @Test
  void retiringAnUnknownNameIsRefused() {
    refused(RefusalCode.UNKNOWN_OWNER, () -> site.retire("nobody"));
  }

  @Test
  void supersedeMovesTheOwnerAndClosesTheOldRange() {
    Allocation old = site.allocate("zoe", 1001, "z").allocation();

    Allocation moved =
        site.ownerCommands
            .supersede(new OwnerName("zoe"), Optional.of("kube"), false, TEST)
            .allocation();

    assertThat(moved.pool()).contains("kube");
    assertThat(stateOf(old)).isEqualTo(AllocationState.SUPERSEDED);
    assertThat(site.present("zoe")).isEqualTo(moved);
    assertThat(KnownOwnerJson.of(HoldingJson.of(moved), site.history("zoe")).former())
        .extracting(AllocationJson::id)
        .containsExactly(old.id());
    assertThat(
            site.ownerQueries
                .holder(IdType.SUBUID, old.uidRange().start(), Optional.empty())
                .state())
        .isEqualTo(AllocationState.SUPERSEDED);
  }

  @Test
  void supersedeNeedsAReason() {
    site.allocate("zoe", 1001, "z");
    AuditContext silent = new AuditContext("test", Optional.empty(), Optional.empty());

    refused(
        RefusalCode.REASON_MISSING,
        () -> site.ownerCommands.supersede(new OwnerName("zoe"), Optional.empty(), false, silent));
  }

  @Test
  void ownerOfOnePoolIsRefusedInAnother() {
    site.allocate("zoe", 1001, "z");

    refused(
        RefusalCode.OTHER_POOL,
        () ->
            site.ownerCommands.allocate(
                request("zoe", 1001, Optional.of("z"), Optional.of("kube")), TEST));
  }

  @Test
  void refusalNamesTheFullPoolAndItsSize() {
    for (int i = 0; i < 4; i++) {
      site.allocate("user" + i, 1000 + i, "id" + i);
    }
    LedgerHead before = site.ledger.head();

    assertThatThrownBy(() -> site.allocate("late", 2000, "late"))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("pool default is full")
        .hasMessageContaining("4 slots of 65536");
    assertThat(site.ledger.head()).isEqualTo(before);
  }

  @Test
  void refusalOfAnUnknownPoolNamesThePools() {
    assertThatThrownBy(() -> site.allocateIn("big", "zoe", 1001))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("default, kube, by-uid");
  }

  @Test
  void deterministicPoolAllocatesTheSlotOfTheUid() {
    Allocation allocation = site.allocateIn("by-uid", "zoe", 1003).allocation();

    assertThat(allocation.uidRange().start()).isEqualTo(671088640 + 3 * 65536);
  }

  @Test
  void deterministicPoolRefusesAUidWithoutASlot() {
    refused(RefusalCode.SLOT_TAKEN, () -> site.allocateIn("by-uid", "zoe", 1010));
    refused(RefusalCode.SLOT_TAKEN, () -> site.allocateIn("by-uid", "zoe", 999));
  }

  @Test
  void slotWithTheOwnersOwnUidIsSkipped() {
    Allocation allocation = site.allocate("zoe", 1001062400 + 5, "z").allocation();

    assertThat(allocation.uidRange().start()).isEqualTo(1001062400 + 65536);
    List<BlockedSlot> blocked = site.ledger.read(LedgerQueries::blockedSlots);
    assertThat(blocked).hasSize(1);
  }

  @Test
  void batchAnswersInOrderAndARefusedLineAffectsNoOther() {
    List<AllocationResult> lines =
        site.ownerCommands.allocateAll(
            List.of(request("a", 1001, "a"), request("a", 1001, "b"), request("c", 1003, "c")),
            site.ownerCommands.runner(false),
            TEST);

    assertThat(lines)
        .extracting(
            result ->
                result.allocated().map(a -> a.allocation().owner().name().value()).orElse("none"))
        .containsExactly("a", "none", "c");
    assertThat(((NotAllocated) lines.get(1)).reason())
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.code()).isEqualTo(RefusalCode.IDENTITY_CHANGED));
    assertThat(site.present("c").uidRange().start()).isEqualTo(1001062400 + 65536);
  }

  @Test
  void dryRunReturnsTheResultAndChangesNothing() {
    LedgerHead before = site.ledger.head();

    List<AllocationResult> lines =
        site.ownerCommands.allocateAll(
            List.of(request("a", 1001, "a")), site.ownerCommands.runner(true), TEST);

    assertThat(lines.get(0).allocated().orElseThrow().outcome()).isEqualTo(Outcome.CREATED);
    assertThat(site.ledger.head()).isEqualTo(before);
    refused(RefusalCode.UNKNOWN_OWNER, () -> site.present("a"));
  }

  @Test
  void reverseLookUpReturnsTheOwnerAtThatTime() {
    Allocation zoe = site.allocate("zoe", 1001, "z").allocation();
    long id = zoe.uidRange().start() + 999;
    var granted = java.time.Instant.parse(site.history("zoe").get(0).at());
    site.allocate("zoe-smith", 1001, "z");

    assertThat(site.ownerQueries.holder(IdType.SUBGID, id, Optional.empty()).owner().name().value())
        .isEqualTo("zoe-smith");
    assertThat(
            site.ownerQueries
                .holder(IdType.SUBUID, id, Optional.of(granted))
                .owner()
                .name()
                .value())
        .isEqualTo("zoe");
    refused(
        RefusalCode.HISTORY_UNKNOWN,
        () -> site.ownerQueries.holder(IdType.SUBUID, id, Optional.of(granted.minusSeconds(60))));
  }

  private AllocationState stateOf(Allocation allocation) {
    return site.ledger.read(queries -> queries.byId(allocation.id()).orElseThrow().state());
  }

  private static void refused(RefusalCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo(code));
  }
}
