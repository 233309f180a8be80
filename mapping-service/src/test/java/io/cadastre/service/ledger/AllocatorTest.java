/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.failure.Refused;
import io.cadastre.subid.AcceptedClaims;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Pool;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Slots that are not allocated because of real IDs, past or present. */
class AllocatorTest {
  private static final AuditContext TEST = AuditContext.service("test", "a test");
  private static final Pool POOL = TestLedger.poolOf("default", 4);

  private final TestLedger database = TestLedger.inMemory(POOL, TestLedger.byUid(4));
  private final Ledger ledger = database.ledger();
  private final Map<IdRange, RealIds> known = new HashMap<>();
  private int owners;

  @AfterEach
  void close() {
    database.close();
  }

  private long grant() {
    return ledger.change(this::grant);
  }

  private List<BlockedSlot> blocked() {
    return ledger.read(LedgerQueries::blockedSlots);
  }

  private long dryRun(DryRun dryRun) {
    return dryRun.run(this::grant);
  }

  private long grant(LedgerTransaction transaction) {
    long uid = 2000L + owners++;
    Owner owner = new Owner("id" + uid, new OwnerName("u" + uid), uid, 1, Optional.empty());
    long slot =
        new Allocator(transaction, range -> known.getOrDefault(range, RealIds.NONE))
            .slotFor(POOL, owner);
    IdRange range = POOL.range(slot);
    transaction.grant(
        new Allocation(
            UUID.randomUUID(),
            owner,
            Optional.of(POOL.name()),
            range,
            range,
            AllocationState.ACTIVE,
            0),
        OptionalLong.of(slot),
        EventKind.ALLOCATE,
        TEST);
    return slot;
  }

  @Test
  void rememberedSlotIsGivenOnceTheMemoryHasExpired() {
    known.put(POOL.range(0), RealIds.REMEMBERED);
    known.put(POOL.range(2), RealIds.REMEMBERED);
    assertThat(grant()).isEqualTo(1);
    assertThat(grant()).isEqualTo(3);

    assertThatThrownBy(this::grant)
        .isInstanceOf(Refused.class)
        .hasMessageContaining("2 free slots")
        .hasMessageContaining("cadastre follow --forget-ids 1001062400-1001127935 --reason");
    assertThat(blocked()).isEmpty();
    known.remove(POOL.range(2));
    assertThat(grant()).isEqualTo(2);
    known.clear();

    assertThat(grant()).isEqualTo(0);
    assertThatThrownBy(this::grant)
        .isInstanceOf(Refused.class)
        .hasMessageNotContaining("forget-ids");
  }

  @Test
  void slotThatHoldsARealIdNowIsBlockedForGood() {
    known.put(POOL.range(0), RealIds.PRESENT);
    LongStream.rangeClosed(1, 3).forEach(slot -> assertThat(grant()).isEqualTo(slot));
    known.clear();

    assertThatThrownBy(this::grant).isInstanceOf(Refused.class);
    assertThat(blocked()).hasSize(1);
  }

  @Test
  void dryRunOfManyChangesGivesNoSlotTwice() {
    known.put(POOL.range(0), RealIds.REMEMBERED);
    known.put(POOL.range(1), RealIds.REMEMBERED);
    assertThat(List.of(grant(), grant())).containsExactly(2L, 3L);
    known.clear();
    DryRun dryRun = ledger.dryRun();

    assertThat(dryRun(dryRun)).isEqualTo(0);
    assertThat(dryRun(dryRun)).isEqualTo(1);
    assertThatThrownBy(() -> dryRun(dryRun)).isInstanceOf(Refused.class);
    assertThat(grant()).isEqualTo(0);
  }

  @Test
  void appendedSegmentIsUsedBeforeSlotsAreLookedAtAgain() {
    known.put(POOL.range(0), RealIds.REMEMBERED);
    LongStream.rangeClosed(1, 3).forEach(slot -> assertThat(grant()).isEqualTo(slot));
    known.clear();
    assertThat(dryRun(ledger.dryRun())).isEqualTo(0);
    Pool longer =
        new Pool(
            POOL.name(),
            POOL.count(),
            List.of(POOL.segments().get(0), new IdRange(1101004800, POOL.count())),
            POOL.strategy(),
            POOL.uidFirst());
    PoolRegister.record(ledger, List.of(longer, TestLedger.byUid(4)), AcceptedClaims.NONE);
    Owner owner = new Owner("new", new OwnerName("new"), 3000, 1, Optional.empty());

    long slot = ledger.change(t -> new Allocator(t, range -> RealIds.NONE).slotFor(longer, owner));

    assertThat(slot).isEqualTo(4);
  }

  @Test
  void rememberedSlotOfADeterministicPoolIsRefusedAndNotBlocked() {
    Pool byUid = TestLedger.byUid(4);
    Owner owner = new Owner("zoe", new OwnerName("zoe"), 1001, 1, Optional.empty());

    assertThatThrownBy(
            () ->
                ledger.change(
                    t -> new Allocator(t, range -> RealIds.REMEMBERED).slotFor(byUid, owner)))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("--forget-ids 671154176-671219711");
    long slot = ledger.change(t -> new Allocator(t, range -> RealIds.NONE).slotFor(byUid, owner));

    assertThat(slot).isEqualTo(1);
  }
}
