/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.DismissedEntry;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Pool;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Edits of tables and events: which differences are found, and which are settled. */
@Tag("slow")
class LedgerCheckTest {
  private static final AuditContext TEST =
      new AuditContext("test", Optional.empty(), Optional.of("a test"));
  private static final Pool SMALL = TestLedger.poolOf("default", 8);

  private TestLedger database;
  private Ledger ledger;

  /**
   * Slots 0 and 1 are granted, 2 has a real ID, 5 a foreign entry; a range off the grid touches 6
   * and 7.
   */
  @BeforeEach
  void fill() {
    database = TestLedger.inMemory(SMALL);
    ledger = database.ledger();
    boolean unused =
        ledger.change(
            transaction -> {
              grant(transaction, "zoe", SMALL.range(0), OptionalLong.of(0), EventKind.ALLOCATE);
              grant(transaction, "yan", SMALL.range(1), OptionalLong.of(1), EventKind.ALLOCATE);
              transaction.search().setNext("default", 3);
              transaction.block("default", 2, new BlockReason.RealId(SMALL.range(2)));
              transaction.entries().block(IdType.SUBUID, SMALL.range(5), "cn=foreign");
              IdRange across = new IdRange(SMALL.range(6).start() + 9, Pool.DEFAULT_COUNT);
              grant(transaction, "xia", across, OptionalLong.empty(), EventKind.IMPORT);
              transaction
                  .entries()
                  .dismiss(DismissedEntry.of("cn=junk", List.of(), List.of()), TEST);
              return true;
            });
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static Allocation grant(
      LedgerTransaction transaction,
      String name,
      IdRange range,
      OptionalLong slot,
      EventKind kind) {
    return transaction.grant(
        new Allocation(
            UUID.randomUUID(),
            new Owner("id-" + name, new OwnerName(name), 1000, 1000, Optional.empty()),
            slot.isPresent() ? Optional.of("default") : Optional.empty(),
            range,
            range,
            AllocationState.ACTIVE,
            0),
        slot,
        kind,
        TEST);
  }

  private LedgerReport check() {
    return new LedgerCheck(ledger, Clock.systemUTC()).run();
  }

  @Test
  void blocksByRealIdsAndForeignRangesAreNoDifference() {
    assertThat(check().isEqual()).isTrue();
    database.edit(
        "DELETE FROM slot WHERE slot IN (2, 5)", "DELETE FROM foreign_range", "DELETE FROM outbox");

    assertThat(check().isEqual()).isTrue();
  }

  @Test
  void counterThatWasSetBackIsAWarningOnly() {
    database.edit("UPDATE pool SET next_slot = 0");

    assertThat(check().isEqual()).isTrue();
    assertThat(check().counters()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELETE FROM slot WHERE slot = 6 | slot 6",
        "UPDATE slot SET slot = 4 WHERE slot = 1 | slot 4",
        "UPDATE slot SET allocation_id = (SELECT id FROM allocation WHERE name = 'zoe') WHERE slot = 1 | slot 1",
        "DELETE FROM id_range WHERE first_id = 1001062400 AND id_type = 'subgid' | subgid 1001062400",
        "UPDATE id_range SET last_id = last_id + 1 WHERE first_id = 1001062400 | 1001062400 to 1001127936",
        "UPDATE allocation SET counts_for = NULL WHERE name = 'zoe' | counts_for",
        "UPDATE allocation SET dn = 'uid=eve' WHERE name = 'zoe' | dn",
        "UPDATE allocation SET name = 'a:b', state = 'odd', uid_count = 0 WHERE name = 'zoe' | state is odd",
        "UPDATE allocation SET serial = 7 WHERE name = 'zoe' | serial is 7",
        "UPDATE pool SET uid_first = 0 | uids from 0",
        "UPDATE pool SET strategy = 'DETERMINISTIC' | DETERMINISTIC",
        "UPDATE segment SET last_id = last_id - 65536 | segment 0",
        "UPDATE ledger SET uuid = RANDOM_UUID() | uuid",
        "UPDATE ledger SET last_event_at = last_event_at + INTERVAL '1' DAY | last_event_at",
        "UPDATE ledger SET serial = serial + 5 | serial is 8",
        "UPDATE ledger SET (last_event, head) = (SELECT seq, hash FROM event WHERE seq = 3) | last_event is 3",
        "INSERT INTO clock_step VALUES (2, CURRENT_TIMESTAMP) | clock_step",
        "UPDATE grant_day SET grants = 9 | grant_day counts 9",
        "DELETE FROM grant_day | grant_day counts 2",
        "INSERT INTO dismissed_entry VALUES ('f', 'cn=forged') | dismissed entry f",
        "DELETE FROM dismissed_entry | is missing in the table",
      })
  void editIsFoundAndSettled(String sql, String said) {
    List<Allocation> before = ledger.read(LedgerQueries::all);
    List<BlockedSlot> blocked = ledger.read(LedgerQueries::blockedSlots);
    database.edit(sql.split(";", -1));

    LedgerReport report = check();
    assertThat(String.join("\n", report.differences())).contains(said);
    LedgerReport settled = new Settlement(ledger, Clock.systemUTC()).settle(false, TEST);

    assertThat(settled.differences()).isEqualTo(report.differences());
    assertThat(check().isEqual()).isTrue();
    assertThat(ledger.read(LedgerQueries::all)).isEqualTo(before);
    assertThat(ledger.read(LedgerQueries::blockedSlots)).isEqualTo(blocked);
    assertThat(ledger.read(LedgerQueries::pools)).containsExactly(SMALL);
    assertThat(ledger.head().serial()).isGreaterThan(3);
    try (TestLedger fresh = TestLedger.fresh()) {
      LedgerHead head = new EventArchive(fresh.ledger()).replay(TestArchive.of(ledger).stream());
      assertThat(head).isEqualTo(ledger.head());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE event SET state_after = 'no JSON' WHERE seq = 3 | event 3 was changed",
        "UPDATE event SET actor = 'eve' WHERE seq = 3 | event 3 was changed",
        "DELETE FROM event WHERE seq = 3 | event 3 is missing",
        "DELETE FROM event WHERE seq = 5 | event 5 is missing",
        "DELETE FROM event WHERE seq > 3; UPDATE ledger SET last_event = 3 | event 3 has the hash",
        "UPDATE ledger SET head = 'x' | event 6 has the hash",
      })
  void editOfTheChainIsFoundAndRefusesToSettle(String sql, String said) {
    database.edit(sql.split(";", -1));

    assertThat(check().broken().orElseThrow()).contains(said);
    assertThatThrownBy(() -> new Settlement(ledger, Clock.systemUTC()).settle(true, TEST))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("rebuild-from-directory");
  }

  /** Nodes keep what they have; a snapshot without the row would take a range away. */
  @Test
  void rowThatCannotBeReadIsAnOutageThatNamesTheSettlement() {
    database.edit("UPDATE allocation SET name = 'a b' WHERE name = 'zoe'");

    assertThatThrownBy(() -> ledger.read(LedgerQueries::all))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("events settle");
    new Settlement(ledger, Clock.systemUTC()).settle(false, TEST);
    assertThat(ledger.read(LedgerQueries::all)).hasSize(3);
  }

  @Test
  void dryRunOfASettlementChangesNothing() {
    database.edit("UPDATE ledger SET serial = 1");

    assertThat(new Settlement(ledger, Clock.systemUTC()).settle(true, TEST).count()).isEqualTo(1);

    assertThat(ledger.head().serial()).isEqualTo(1);
    assertThat(ledger.head().lastEvent()).isEqualTo(6);
  }

  @Test
  void settledOwnersAreDirty() {
    database.edit("DELETE FROM outbox", "UPDATE allocation SET stable_id = 'e' WHERE name = 'zoe'");

    LedgerReport unused = new Settlement(ledger, Clock.systemUTC()).settle(false, TEST);

    Set<String> dirty =
        ledger.read(queries -> queries.dirtyAmong(List.of("e", "id-zoe", "id-yan")));
    assertThat(dirty).containsExactlyInAnyOrder("e", "id-zoe");
  }

  @Test
  void refusedOwnerMarkedByAClockThatWasAheadWaitsFromNowOn() {
    database.edit("UPDATE outbox SET since = TIMESTAMP WITH TIME ZONE '2031-01-01 00:00:00Z'");

    ledger.drained(List.of(), ledger.read(queries -> queries.dirtyOwners(9)));

    Instant later = Instant.now().plusSeconds(600);
    OutboxAge age = ledger.read(queries -> queries.outboxAge(later));
    assertThat(age.oldest()).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(11));
  }

  @Test
  void changesMeanwhileAreNoDifference() throws InterruptedException {
    Thread changing =
        new Thread(
            () -> {
              for (int i = 0; i < 300; i++) {
                boolean unused =
                    ledger.change(
                        transaction -> {
                          Allocation zoe = transaction.flush().countingFor("id-zoe").orElseThrow();
                          AllocationState state =
                              zoe.state() == AllocationState.ACTIVE
                                  ? AllocationState.RETIRED
                                  : AllocationState.ACTIVE;
                          return transaction
                              .change(zoe, zoe.withState(state), EventKind.RETIRE, TEST)
                              .state()
                              .equals(state);
                        });
              }
            });
    changing.start();
    List<LedgerReport> reports = new ArrayList<>();
    while (changing.isAlive()) {
      reports.add(check());
    }
    changing.join();

    assertThat(reports).isNotEmpty().allMatch(LedgerReport::isEqual);
  }
}
