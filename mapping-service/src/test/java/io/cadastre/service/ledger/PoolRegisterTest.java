/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.failure.ConfigurationRefused;
import io.cadastre.subid.AcceptedClaims;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Pool;
import io.cadastre.subid.Strategy;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PoolRegisterTest {
  private static final AuditContext TEST = AuditContext.service("test", "a test");
  private static final IdRange FIRST = new IdRange(1001062400, 65536 * 4);
  private static final IdRange SECOND = new IdRange(1101004800, 65536 * 4);

  private final TestLedger database = TestLedger.fresh();
  private final Ledger ledger = database.ledger();

  @AfterEach
  void close() {
    database.close();
  }

  private static Pool pool(String name, IdRange... segments) {
    return new Pool(name, 65536, List.of(segments), Strategy.NEXT_FREE, 1000);
  }

  @Test
  void recordsPoolsOnceAndAcceptsThemAgain() {
    PoolRegister.record(ledger, List.of(pool("a", FIRST)), AcceptedClaims.NONE);
    LedgerHead recorded = ledger.head();

    PoolRegister.record(ledger, List.of(pool("a", FIRST)), AcceptedClaims.NONE);

    assertThat(ledger.head()).isEqualTo(recorded);
  }

  @Test
  void acceptsAppendedSegmentsAndPools() {
    PoolRegister.record(ledger, List.of(pool("a", FIRST)), AcceptedClaims.NONE);
    IdRange third = new IdRange(1201668096, 65536 * 4);

    PoolRegister.record(
        ledger, List.of(pool("a", FIRST, SECOND), pool("b", third)), AcceptedClaims.NONE);

    assertThat(ledger.read(LedgerQueries::pools))
        .containsExactly(pool("a", FIRST, SECOND), pool("b", third));
  }

  @Test
  void refusesAChangedOrMissingPoolNamingItsPath() {
    PoolRegister.record(ledger, List.of(pool("a", FIRST)), AcceptedClaims.NONE);

    refuses("pools[0]: the ledger has recorded", pool("a", SECOND));
    refuses("pools[0]: the ledger has recorded", pool("a", SECOND, FIRST));
    refuses("pools[0]: the ledger has recorded", pool("b", SECOND), pool("a", FIRST));
  }

  @Test
  void refusesPoolsThatOverlap() {
    refuses(
        "pools[1]: [1001062400, 1001324543] of pool b overlaps",
        pool("a", FIRST),
        pool("b", FIRST));
    refuses("pools[1].name: a is used twice", pool("a", FIRST), pool("a", SECOND));
  }

  /** Review R10: the range is snapd's only where snapd runs. */
  @Test
  void takesSnapdsRangeOnceTheSiteAcceptsTheClaim() {
    assertThat(
            PoolRegister.mistakes(
                List.of(pool("a", new IdRange(524288, 65536))),
                new AcceptedClaims(false, Set.of("snapd"))))
        .isEmpty();
  }

  @Test
  void refusesReservedIdsAndNamesTheirUse() {
    refuses("allowClaims: [snapd]", pool("a", new IdRange(524288, 65536)));
    refuses("allowAbove2Gi: true", pool("a", new IdRange(2147483648L, 65536)));
    refuses("pools[0].segments[0]", pool("a", new IdRange(2147352576L, 65536)));
  }

  @Test
  void laterSegmentDoesNotAllocateRangesPinnedByAnImport() {
    PoolRegister.record(ledger, List.of(pool("a", FIRST)), AcceptedClaims.NONE);
    IdRange offGrid = new IdRange(SECOND.start() + 1000, 65536);
    pin(offGrid);

    PoolRegister.record(ledger, List.of(pool("a", FIRST, SECOND)), AcceptedClaims.NONE);

    assertThat(ledger.read(LedgerQueries::blockedSlots))
        .extracting(BlockedSlot::slot)
        .containsExactly(4L, 5L);
  }

  @Test
  void foreignRangesBlockTheSlotsTheyTouchNowAndLater() {
    PoolRegister.record(ledger, List.of(pool("a", FIRST)), AcceptedClaims.NONE);
    ledger.change(
        transaction -> {
          transaction
              .entries()
              .block(IdType.SUBUID, new IdRange(FIRST.start() + 65536, 1), "cn=theirs");
          transaction.entries().block(IdType.SUBGID, new IdRange(SECOND.start(), 1), "cn=theirs");
          return true;
        });

    PoolRegister.record(ledger, List.of(pool("a", FIRST, SECOND)), AcceptedClaims.NONE);

    assertThat(ledger.read(LedgerQueries::blockedSlots))
        .extracting(BlockedSlot::slot)
        .containsExactly(1L, 4L);
  }

  private void pin(IdRange range) {
    Owner owner = new Owner("id", new OwnerName("zoe"), 1001, 1001, Optional.empty());
    Allocation pinned =
        new Allocation(
            UUID.randomUUID(), owner, Optional.empty(), range, range, AllocationState.ACTIVE, 0);
    ledger.change(t -> t.grant(pinned, OptionalLong.empty(), EventKind.IMPORT, TEST));
  }

  private void refuses(String message, Pool... pools) {
    LedgerHead before = ledger.head();
    assertThatThrownBy(() -> PoolRegister.record(ledger, List.of(pools), AcceptedClaims.NONE))
        .isInstanceOf(ConfigurationRefused.class)
        .hasMessageContaining(message);
    assertThat(ledger.head()).isEqualTo(before);
  }

  @Test
  void poolWithMoreSegmentsThanAnEventHoldsIsAMistake() {
    List<IdRange> segments =
        LongStream.range(0, 10_001).mapToObj(n -> new IdRange(1001062400 + 2 * n, 1)).toList();
    Pool pool = new Pool("many", 1, segments, Strategy.NEXT_FREE, 1000);

    assertThat(PoolRegister.mistakes(List.of(pool), AcceptedClaims.NONE))
        .singleElement()
        .satisfies(m -> assertThat(m).contains("pools[0].segments", "10001", "10000"));
  }

  @Test
  void appendsNothingToALedgerThatDiffersFromItsEvents() {
    PoolRegister.record(ledger, List.of(pool("a", FIRST)), AcceptedClaims.NONE);
    database.edit("UPDATE ledger SET serial = 1");

    PoolRegister.record(ledger, List.of(pool("a", FIRST, SECOND)), AcceptedClaims.NONE);

    assertThat(ledger.read(LedgerQueries::pools)).containsExactly(pool("a", FIRST));
  }

  @Test
  void editedPoolNamesTheSettlement() {
    PoolRegister.record(ledger, List.of(pool("a", FIRST)), AcceptedClaims.NONE);
    database.edit("UPDATE segment SET last_id = last_id - 1");

    assertThatThrownBy(
            () -> PoolRegister.record(ledger, List.of(pool("a", FIRST)), AcceptedClaims.NONE))
        .isInstanceOf(ConfigurationRefused.class)
        .hasMessageContaining("events settle");
  }

  @Test
  void appendedSegmentIsBlockedWhereAnAllocationOfItsPoolLiesOffTheGrid() {
    PoolRegister.record(ledger, List.of(pool("a", FIRST)), AcceptedClaims.NONE);
    Pool longer = pool("a", FIRST, SECOND);
    Allocation published =
        new Allocation(
            UUID.randomUUID(),
            new Owner("id-old", new OwnerName("old"), 1001, 1001, Optional.empty()),
            Optional.of("a"),
            longer.range(5),
            longer.range(5),
            AllocationState.ACTIVE,
            900);
    Allocation unused = ledger.change(t -> t.adopt(published, OptionalLong.empty(), 0, TEST));

    PoolRegister.record(ledger, List.of(longer), AcceptedClaims.NONE);

    boolean free = ledger.read(queries -> queries.isSlotFree("a", 5));
    assertThat(free).isFalse();
  }
}
