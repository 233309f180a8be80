/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The audit streams the allocations, and finds the same as with all of them at hand. */
class DamagedLedgerAuditTest {
  private static final AuditContext TEST = AuditContext.service("test", "test");

  private final TestLedger database = TestLedger.inMemory();

  @AfterEach
  void close() {
    database.close();
  }

  private void imported(List<IdRange> ranges) {
    database
        .ledger()
        .change(
            transaction -> {
              int uid = 1000;
              for (IdRange range : ranges) {
                OwnerName name = new OwnerName("user" + ++uid);
                transaction.grant(
                    new Allocation(
                        UUID.randomUUID(),
                        new Owner("id-" + uid, name, uid, uid, Optional.empty()),
                        Optional.empty(),
                        range,
                        range,
                        AllocationState.ACTIVE,
                        0),
                    OptionalLong.empty(),
                    EventKind.IMPORT,
                    TEST);
              }
              return true;
            });
  }

  private void sound(int count, long first) {
    imported(
        LongStream.range(0, count).mapToObj(i -> new IdRange(first + i * 1000, 1000)).toList());
  }

  private List<Finding> findings() {
    return new Audit(database.ledger(), Accounts.none(), List::of, List.of(), Clock.systemUTC())
        .run().findings().stream().filter(f -> f.rule().equals("overlap")).toList();
  }

  private List<Finding> expected() {
    List<Allocation> all = database.ledger().read(LedgerQueries::all);
    return Stream.of(IdType.values())
        .flatMap(type -> AllocationFindings.overlaps(type, all).stream())
        .toList();
  }

  @Test
  void overlapsOfEachTypeAreFoundUpToTheHighestId() {
    sound(8, 2_147_480_000L);
    database.edit(
        // One range within the next, two of one start, and the highest IDs.
        "UPDATE allocation SET uid_count = 2500 WHERE name = 'user1001'",
        "UPDATE allocation SET gid_start = 2147484000 WHERE name IN ('user1004', 'user1006')",
        "UPDATE allocation SET uid_start = 4294967290, uid_count = 5 WHERE name IN ('user1007', 'user1008')");

    assertThat(findings())
        .containsExactlyElementsOf(expected())
        .extracting(Finding::message)
        .anyMatch(message -> message.startsWith("subuid 2147481000:1000 of user1002"))
        .anyMatch(message -> message.startsWith("subgid 2147484000:1000 of user100"))
        .anyMatch(message -> message.startsWith("subuid 4294967290:5 of user100"));
  }

  @Test
  void anyDamageGivesTheSameFindings() {
    sound(60, 100_000_000);
    Random random = new Random(4711);
    for (int i = 0; i < 25; i++) {
      database.edit(
          "UPDATE allocation SET %s = %d, %s_count = %d WHERE name = 'user%d'"
              .formatted(
                  random.nextBoolean() ? "uid_start" : "gid_start",
                  100_000_000 + random.nextInt(60) * 500L,
                  random.nextBoolean() ? "uid" : "gid",
                  1 + random.nextInt(3000),
                  1001 + random.nextInt(60)));
    }

    assertThat(findings()).containsExactlyElementsOf(expected()).hasSizeGreaterThan(10);
  }

  @Test
  void soundLedgerHasNone() {
    sound(20, 100_000_000);

    assertThat(findings()).isEmpty();
  }
}
