/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.failure.InvariantBroken;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A change buffers new allocations; its queries and later changes see them nevertheless. */
class AllocationWriterTest {
  private static final AuditContext TEST = AuditContext.service("test", "a test");
  private static final long FIRST = 1001062400;

  private final TestLedger database = TestLedger.inMemory();
  private final Ledger ledger = database.ledger();

  @AfterEach
  void close() {
    database.close();
  }

  private static Allocation wanted(int number, long start) {
    Owner owner =
        new Owner("id" + number, new OwnerName("u" + number), 1000 + number, 1, Optional.empty());
    IdRange range = new IdRange(start, 65536);
    return new Allocation(
        UUID.randomUUID(), owner, Optional.of("default"), range, range, AllocationState.ACTIVE, 0);
  }

  private static Allocation grant(LedgerTransaction transaction, int number, long slot) {
    return transaction.grant(
        wanted(number, FIRST + slot * 65536), OptionalLong.of(slot), EventKind.ALLOCATE, TEST);
  }

  private static Allocation offGrid(LedgerTransaction transaction, int number, long start) {
    return transaction.grant(wanted(number, start), OptionalLong.empty(), EventKind.IMPORT, TEST);
  }

  @Test
  void overlappingGrantsOfOneChangeChangeNothing() {
    assertThatThrownBy(
            () ->
                ledger.change(
                    transaction -> {
                      grant(transaction, 1, 0);
                      return offGrid(transaction, 2, FIRST + 1);
                    }))
        .isInstanceOf(InvariantBroken.class)
        .hasMessageContaining("overlaps");
    assertThat(ledger.read(LedgerQueries::all)).isEmpty();
    assertThat(ledger.head().serial()).isZero();
  }

  @Test
  void grantThatOverlapsAnOlderOneBetweenTwoFreeOnesChangesNothing() {
    ledger.change(transaction -> offGrid(transaction, 1, FIRST + 65536 + 7));

    assertThatThrownBy(
            () ->
                ledger.change(
                    transaction -> {
                      grant(transaction, 2, 0);
                      grant(transaction, 3, 1);
                      return grant(transaction, 4, 3);
                    }))
        .isInstanceOf(InvariantBroken.class)
        .hasMessageContaining("overlaps");
    assertThat(ledger.read(LedgerQueries::all)).hasSize(1);
  }

  @Test
  void rangesAroundAnOlderOneAreGranted() {
    ledger.change(transaction -> grant(transaction, 1, 1));

    ledger.change(
        transaction -> {
          grant(transaction, 2, 0);
          return grant(transaction, 3, 2);
        });

    assertThat(ledger.read(LedgerQueries::all)).hasSize(3);
  }

  @Test
  void queriesAfterAGrantSeeIt() {
    ledger.change(
        transaction -> {
          Allocation granted = grant(transaction, 1, 5);
          assertThat(transaction.isHeld("default", 5)).isTrue();
          assertThat(transaction.isHeld("default", 6)).isFalse();
          assertThat(transaction.flush().holding(IdType.SUBGID, FIRST + 5 * 65536 + 9))
              .contains(granted);
          assertThat(transaction.flush().heldSlotCount("default")).isOne();
          return granted;
        });
  }

  @Test
  void allocationCanChangeAfterItsGrant() {
    Allocation retired =
        ledger.change(
            transaction -> {
              Allocation granted = grant(transaction, 1, 0);
              return transaction.change(
                  granted, granted.withState(AllocationState.RETIRED), EventKind.RETIRE, TEST);
            });

    assertThat(ledger.read(LedgerQueries::all)).isEqualTo(List.of(retired));
  }

  @Test
  void grantOffTheGridBlocksTheSlotsItTouchesAtOnce() {
    ledger.change(
        transaction -> {
          assertThat(transaction.isHeld("default", 0)).isFalse();
          Allocation granted = offGrid(transaction, 1, FIRST + 65535);
          assertThat(transaction.isHeld("default", 0)).isTrue();
          assertThat(transaction.isHeld("default", 1)).isTrue();
          assertThat(transaction.isHeld("default", 2)).isFalse();
          return granted;
        });
  }

  @Test
  void grantOffTheGridInOneIdSpaceHoldsItsSlot() {
    ledger.change(
        transaction -> {
          assertThat(transaction.isHeld("default", 0)).isFalse();
          Allocation onGrid = wanted(1, FIRST + 5 * 65536);
          transaction.grant(
              new Allocation(
                  onGrid.id(),
                  onGrid.owner(),
                  onGrid.pool(),
                  onGrid.uidRange(),
                  new IdRange(300000, 65536),
                  AllocationState.ACTIVE,
                  0),
              OptionalLong.of(5),
              EventKind.IMPORT,
              TEST);
          assertThat(transaction.isHeld("default", 5)).isTrue();
          return onGrid;
        });
  }

  @Test
  void ownerThatSharesNameOrUidWithAKnownOneIsNotAbsent() {
    ledger.change(
        transaction -> {
          Owner first = wanted(1, FIRST).owner();
          Owner namesake = new Owner("other", first.name(), 7000, 1, Optional.empty());
          Owner sameUid =
              new Owner("third", new OwnerName("third"), first.uidNumber(), 1, Optional.empty());
          Owner fourth = wanted(4, FIRST).owner();
          transaction.expect(List.of(first, namesake, sameUid, fourth));
          assertThat(transaction.isAbsent(first)).isTrue();
          assertThat(transaction.isAbsent(wanted(9, FIRST).owner())).isFalse();

          grant(transaction, 1, 0);

          assertThat(List.of(first, namesake, sameUid)).noneMatch(transaction::isAbsent);
          assertThat(transaction.isAbsent(fourth)).isTrue();
          return fourth;
        });
  }
}
