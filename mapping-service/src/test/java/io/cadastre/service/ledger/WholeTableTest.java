/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.EventKind;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Pool;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads of whole tables: every allocation, the blocked slots and the grants by day. */
class WholeTableTest {
  private static final AuditContext TEST = AuditContext.service("test", "test");
  private static final Pool OTHER =
      new Pool(
          "other",
          Pool.DEFAULT_COUNT,
          List.of(new IdRange(671088640, 10 * Pool.DEFAULT_COUNT)),
          TestLedger.DEFAULT_POOL.strategy(),
          1000);

  private TestLedger database;
  private Ledger ledger;

  @BeforeEach
  void open() {
    database = TestLedger.inMemory(TestLedger.DEFAULT_POOL, OTHER);
    ledger = database.ledger();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static void grant(LedgerTransaction transaction, Pool pool, int slot, EventKind kind) {
    String name = pool.name() + slot;
    transaction.grant(
        new Allocation(
            UUID.randomUUID(),
            new Owner("id-" + name, new OwnerName(name), 1000, 1000, Optional.empty()),
            Optional.of(pool.name()),
            pool.range(slot),
            pool.range(slot),
            AllocationState.ACTIVE,
            0),
        OptionalLong.of(slot),
        kind,
        TEST);
  }

  private void grant(Pool pool, int first, int count, EventKind kind) {
    boolean unused =
        ledger.change(
            transaction -> {
              for (int slot = first; slot < first + count; slot++) {
                grant(transaction, pool, slot, kind);
              }
              return true;
            });
  }

  @Test
  void everyAllocationIsPassedOnOnceWithThoseOfAnEditedStart() {
    grant(TestLedger.DEFAULT_POOL, 0, 5003, EventKind.ALLOCATE);
    database.edit(
        "UPDATE allocation SET uid_start = %d WHERE name IN ('default4998', 'default4999', 'default5000')"
            .formatted(TestLedger.DEFAULT_POOL.range(4999).start()));
    List<Allocation> passed = new ArrayList<>();
    ledger.read(
        queries -> {
          queries.forEachAllocation(passed::add);
          return true;
        });

    assertThat(passed)
        .isSortedAccordingTo(Comparator.comparing(Allocation::uidRange))
        .containsExactlyInAnyOrderElementsOf(ledger.read(LedgerQueries::all));
  }

  @Test
  void blockedSlotsAreCountedByPool() {
    grant(OTHER, 0, 3, EventKind.ALLOCATE);
    ledger.change(
        transaction -> {
          transaction.block("other", 5, new BlockReason.RealId(OTHER.range(5)));
          transaction.block("other", 6, new BlockReason.RealId(OTHER.range(6)));
          transaction.block("default", 6, new BlockReason.RealId(OTHER.range(6)));
          return true;
        });

    assertThat(ledger.<Long>read(queries -> queries.blocked().count("other"))).isEqualTo(2);
    assertThat(ledger.<Long>read(queries -> queries.blocked().count("default"))).isEqualTo(1);
    assertThat(ledger.<Long>read(queries -> queries.blocked().count("none"))).isZero();
  }

  @Test
  void grantsAreCountedByPoolAndDayAndImportsAreNone() {
    LocalDate before = LocalDate.now(ZoneOffset.UTC);
    grant(TestLedger.DEFAULT_POOL, 0, 3, EventKind.ALLOCATE);
    grant(TestLedger.DEFAULT_POOL, 3, 2, EventKind.ALLOCATE);
    grant(OTHER, 0, 1, EventKind.ALLOCATE);
    grant(OTHER, 1, 4, EventKind.IMPORT);

    Map<String, Long> sums =
        Map.of(
            "default", sum("default", before.atStartOfDay().toInstant(ZoneOffset.UTC)),
            "other", sum("other", Instant.EPOCH));

    assertThat(sums).isEqualTo(Map.of("default", 5L, "other", 1L));
    Instant tomorrow = before.plusDays(2).atStartOfDay().toInstant(ZoneOffset.UTC);
    assertThat(grantDays(tomorrow)).isEmpty();
  }

  private long sum(String pool, Instant since) {
    return Objects.requireNonNull(grantDays(since).get(pool)).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private Map<String, SortedMap<LocalDate, Long>> grantDays(Instant since) {
    return ledger.read(queries -> queries.grantDays(since));
  }

  @Test
  void changeThatIsRolledBackCountsNoGrant() {
    boolean unused =
        ledger
            .dryRun()
            .run(
                transaction -> {
                  grant(transaction, OTHER, 0, EventKind.ALLOCATE);
                  return true;
                });
    assertThat(grantDays(Instant.EPOCH)).isEmpty();
  }
}
