/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.config.NameCase;
import io.cadastre.service.event.Event;
import io.cadastre.service.event.EventConditions;
import io.cadastre.service.event.EventJson;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.EventArchive;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.TestArchive;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A wrong clock reading in one event affects neither later events nor {@code ?at=}. */
@Tag("slow")
class EventTimesTest {
  private static final Instant EPOCH = Instant.parse("2026-03-01T00:00:00Z");

  @Test
  void eventAfterOneDated2031KeepsTheClocksReading() {
    try (TestLedger database = TestLedger.fresh()) {
      CallerSite site = new CallerSite(database.ledger());
      List<String> archive = archiveOf("zoe");
      new EventArchive(site.ledger)
          .replay(TestArchive.dated(archive, n -> n < archive.size() ? EPOCH : in2031()).stream());

      Allocation yan = site.allocate("yan", 1002, "y").allocation();

      Instant written = Instant.parse(last(site.ledger).at());
      assertThat(written).isBefore(Instant.now().plusSeconds(1)).isAfter(EPOCH);
      assertThat(holderAt(site, yan, Instant.now().plusSeconds(1))).contains("yan");
      assertThat(holderAt(site, yan, in2031())).contains("yan");
      assertThat(holderAt(site, yan, written.minusMillis(1))).isEmpty();
    }
  }

  @Test
  void stateAtATimeIsThatAfterTheLastEventOfThatTimeOrEarlier() {
    for (int seed = 0; seed < 5; seed++) {
      Random random = new Random(seed);
      List<String> lines = history();
      List<Instant> times = new ArrayList<>();
      lines.forEach(line -> times.add(EPOCH.plusSeconds(random.nextInt(40))));
      try (TestLedger database = TestLedger.fresh()) {
        CallerSite site = new CallerSite(database.ledger());
        new EventArchive(site.ledger)
            .replay(TestArchive.dated(lines, n -> times.get(n.intValue() - 1)).stream());
        for (int second = -1; second <= 41; second++) {
          Instant at = EPOCH.plusSeconds(second);
          for (Allocation a : site.ledger.read(queries -> queries.all())) {
            assertThat(stateAt(site, a, at))
                .as("seed %d, %s at %s of %s", seed, a.owner().name(), at, times)
                .isEqualTo(expected(lines, times, a, at));
          }
        }
      }
    }
  }

  /** However far from the end a time is, its events are found by one search of a few numbers. */
  @Test
  void searchByTimeBeginsAtThatTimeAndEndsThere() {
    List<String> lines = history();
    try (TestLedger database = TestLedger.fresh()) {
      CallerSite site = new CallerSite(database.ledger());
      new EventArchive(site.ledger)
          .replay(TestArchive.dated(lines, n -> EPOCH.plusSeconds(n)).stream());
      AuditLogQueries log = new AuditLogQueries(site.ledger, NameCase.PRESERVE);

      EventPage page = log.before(Long.MAX_VALUE, EventOwner.ANY, between(3, 5), 50, 5);

      assertThat(page.events()).extracting(Event::seq).containsExactly(4L, 3L);
      assertThat(page.next()).isEmpty();
    }
  }

  /** A clock that was set back hides no event of the asked time. */
  @Test
  void searchByTimeFindsAllEventsOfTheTime() {
    for (int seed = 0; seed < 5; seed++) {
      Random random = new Random(seed);
      List<String> lines = history();
      List<Integer> times = new ArrayList<>();
      lines.forEach(line -> times.add(random.nextInt(40)));
      try (TestLedger database = TestLedger.fresh()) {
        CallerSite site = new CallerSite(database.ledger());
        new EventArchive(site.ledger)
            .replay(
                TestArchive.dated(lines, n -> EPOCH.plusSeconds(times.get(n.intValue() - 1)))
                    .stream());
        AuditLogQueries log = new AuditLogQueries(site.ledger, NameCase.PRESERVE);
        for (int from = 0; from < 40; from += 3) {
          int first = from;
          assertThat(
                  log.before(Long.MAX_VALUE, EventOwner.ANY, between(from, from + 9), 50).events())
              .as("seed %d, from %d of %s", seed, from, times)
              .hasSize(
                  (int) times.stream().filter(time -> time >= first && time < first + 9).count());
        }
      }
    }
  }

  private static <T> Optional<T> none() {
    return Optional.empty();
  }

  private static EventConditions between(int from, int to) {
    return new EventConditions(
        Optional.of(EPOCH.plusSeconds(from)),
        Optional.of(EPOCH.plusSeconds(to)),
        none(),
        none(),
        none());
  }

  /** Returns the state after the last event of the allocation that is dated at or earlier. */
  private static Optional<AllocationState> expected(
      List<String> lines, List<Instant> times, Allocation a, Instant at) {
    int highest = times.size();
    while (highest > 0 && times.get(highest - 1).isAfter(at)) {
      highest--;
    }
    return lines.subList(0, highest).stream()
        .map(EventJson::read)
        .filter(event -> event.allocation().equals(Optional.of(a.id())))
        .reduce((first, second) -> second)
        .map(event -> AllocationState.of(event.after().path("state").asText()));
  }

  private static Optional<AllocationState> stateAt(CallerSite site, Allocation a, Instant at) {
    try {
      return Optional.of(
          site.ownerQueries.holder(IdType.SUBUID, a.uidRange().start(), Optional.of(at)).state());
    } catch (Refused e) {
      return Optional.empty();
    }
  }

  private static Optional<String> holderAt(CallerSite site, Allocation a, Instant at) {
    try {
      return Optional.of(
          site.ownerQueries
              .holder(IdType.SUBUID, a.uidRange().start(), Optional.of(at))
              .owner()
              .name()
              .value());
    } catch (Refused e) {
      return Optional.empty();
    }
  }

  private static Instant in2031() {
    return Instant.parse("2031-01-01T00:00:00Z");
  }

  private static Event last(Ledger ledger) {
    return ledger.read(
        queries -> queries.eventsAfter(ledger.head().lastEvent() - 1, Optional.empty(), 1).get(0));
  }

  private static List<String> archiveOf(String name) {
    try (TestLedger database = TestLedger.inMemory()) {
      CallerSite site = new CallerSite(database.ledger());
      site.allocate(name, 1001, "id-" + name);
      return TestArchive.of(site.ledger);
    }
  }

  private static List<String> history() {
    try (TestLedger database = TestLedger.inMemory()) {
      CallerSite site = new CallerSite(database.ledger());
      for (int i = 0; i < 4; i++) {
        site.allocate("user" + i, 1001 + i, "id" + i);
      }
      for (int i = 0; i < 12; i++) {
        site.retire("user" + i % 4);
        site.reinstate("user" + i % 4, 1001 + i % 4, "id" + i % 4);
      }
      return TestArchive.of(site.ledger);
    }
  }
}
