/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static io.cadastre.service.registry.CallerSite.TEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.config.NameCase;
import io.cadastre.service.directory.AccountHolders;
import io.cadastre.service.directory.AccountIndex;
import io.cadastre.service.directory.Census;
import io.cadastre.service.event.Event;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.ledger.ForgottenIds;
import io.cadastre.service.ledger.KnownId;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The real IDs of reads: remembered, and stored in the database. */
@Tag("slow")
class RealIdMemoryTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Duration KEEP = Duration.ofDays(90);

  private final TestLedger database = TestLedger.inMemory();
  private final RealIdMemory memory = started();

  private RealIdMemory started() {
    return new RealIdMemory(database.ledger(), KEEP);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static AccountIndex read(int day, long[] uids, long... gids) {
    return new AccountIndex(
        START.plus(Duration.ofDays(day)),
        NameCase.PRESERVE,
        List.of(),
        Set.of(),
        Set.of(),
        Map.of(),
        List.of(),
        AccountHolders.of(uids, gids),
        Census.NONE);
  }

  private static long[] ids(long... ids) {
    return ids;
  }

  private List<KnownId> rows() {
    return database.ledger().read(LedgerQueries::realIds);
  }

  private static IdRange only(long id) {
    return new IdRange(id, 1);
  }

  @Test
  void missingIdIsRememberedForItsTimeAndNoLonger() {
    memory.update(read(0, ids(5, 7), 9));
    assertThat(memory.remembered().hasMissing(new IdRange(0, 100))).isFalse();

    memory.update(read(1, ids(5), 9));
    assertThat(memory.remembered().hasMissing(only(7))).isTrue();
    assertThat(memory.remembered().hasMissing(only(5))).isFalse();
    memory.update(read(91, ids(5), 9));
    assertThat(memory.remembered().hasMissing(only(7))).isTrue();
    memory.update(read(92, ids(5), 9));

    assertThat(memory.remembered().hasMissing(only(7))).isFalse();
    assertThat(rows())
        .containsExactlyInAnyOrder(
            new KnownId(IdType.SUBUID, 5, Optional.empty()),
            new KnownId(IdType.SUBGID, 9, Optional.empty()));
  }

  @Test
  void idThatReturnsIsRealAndItsTimeStartsAgainOnceItIsMissing() {
    memory.update(read(0, ids(), 9));
    memory.update(read(1, ids()));
    memory.update(read(60, ids(), 9));
    assertThat(rows()).containsExactly(new KnownId(IdType.SUBGID, 9, Optional.empty()));
    memory.update(read(80, ids()));
    memory.update(read(160, ids()));

    assertThat(memory.remembered().hasMissing(only(9))).isTrue();
  }

  @Test
  void rememberedIdsSurviveARestart() {
    memory.update(read(0, ids(5, 7)));
    memory.update(read(1, ids(5)));
    RealIdMemory restarted = started();

    assertThat(restarted.remembered().hasMissing(only(7))).isTrue();
    restarted.update(read(2, ids()));

    assertThat(restarted.remembered().hasMissing(only(5))).isTrue();
  }

  @Test
  void readWithoutADifferenceWritesNothing() {
    memory.update(read(0, ids(5, 7), 9));
    database.refuseRealIds();

    for (int day = 1; day < 5; day++) {
      memory.update(read(day, ids(5, 7), 9));
    }

    assertThatThrownBy(() -> memory.update(read(6, ids(5, 7, 8), 9)))
        .isInstanceOf(Unavailable.class);
    assertThatThrownBy(() -> memory.update(read(7, ids(5), 9))).isInstanceOf(Unavailable.class);
    assertThat(rows()).hasSize(3).allMatch(row -> row.goneSince().isEmpty());
  }

  @Test
  void firstReadOfManyIdsIsWrittenInPartsAndCompletely() {
    memory.update(
        read(0, LongStream.range(0, 25_000).toArray(), LongStream.range(0, 15_001).toArray()));

    assertThat(rows()).hasSize(40_001);
    assertThat(started().remembered().uids().countMissing(new IdRange(0, 30_000))).isZero();
  }

  /** Compares with sets, in random orders of appearing and disappearing. */
  @Test
  void updatesLikeSets() {
    Random random = new Random(4711);
    Set<Long> ever = new HashSet<>();
    for (int day = 0; day < 80; day++) {
      Set<Long> now = random.longs(random.nextInt(12), 0, 30).boxed().collect(Collectors.toSet());
      ever.addAll(now);
      memory.update(read(day, now.stream().mapToLong(Long::longValue).toArray()));

      for (long id = 0; id < 30; id++) {
        assertThat(memory.remembered().hasMissing(only(id)))
            .isEqualTo(ever.contains(id) && !now.contains(id));
      }
      assertThat(started().remembered().uids().countMissing(new IdRange(0, 30)))
          .isEqualTo(ever.size() - now.size());
    }
  }

  @Test
  void forgettingIsAnEventAndKeepsPresentIds() {
    memory.update(read(0, ids(5, 7, 8), 7));
    memory.update(read(1, ids(5)));
    LedgerHead before = database.ledger().head();
    IdRange range = IdRange.between(5, 7);
    assertThat(memory.forget(range, true, TEST)).isEqualTo(new ForgottenIds(5, 7, 1, 1));
    assertThat(database.ledger().head()).isEqualTo(before);

    assertThat(memory.forget(range, false, TEST)).isEqualTo(new ForgottenIds(5, 7, 1, 1));

    assertThat(memory.remembered().hasMissing(range)).isFalse();
    assertThat(memory.remembered().hasMissing(only(8))).isTrue();
    assertThat(rows()).contains(new KnownId(IdType.SUBUID, 5, Optional.empty())).hasSize(2);
    assertThat(database.ledger().head().serial()).isEqualTo(before.serial());
    List<Event> events =
        database
            .ledger()
            .read(queries -> queries.eventsAfter(before.lastEvent(), Optional.empty(), 10));
    assertThat(events)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.kind()).isEqualTo("forget-ids");
              assertThat(event.reason()).isEqualTo(TEST.reason());
              assertThat(event.after())
                  .hasToString("{\"first\":5,\"last\":7,\"uids\":1,\"gids\":1}");
            });
  }
}
