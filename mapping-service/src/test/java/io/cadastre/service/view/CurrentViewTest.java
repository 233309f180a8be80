/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.event.RowChange;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerTransaction;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SnapshotHeader;
import io.cadastre.subid.SnapshotRow;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The view in memory equals the ledger, and is never behind what was acknowledged. */
class CurrentViewTest {
  private static final AuditContext TEST = AuditContext.service("test", "a test");
  private static final long FIRST = 1001062400;

  /** The names sort otherwise than their lines: a ':' comes after digits, '-' and '.'. */
  private static final List<String> NAMES =
      List.of("u", "u1", "u10", "u-1", "u.1", "ü", "zoë", "a", "u2", "u1-x", "日本", "z");

  /** Makes random changes of all kinds that a view can follow. */
  static final class Changes {
    private final Random random;
    private final Ledger ledger;
    private int slots;
    private int accounts;

    Changes(Ledger ledger, long seed) {
      this(ledger, seed, 0);
    }

    /** New owners and slots are numbered from here on. */
    Changes(Ledger ledger, long seed, int from) {
      this.ledger = ledger;
      this.random = new Random(seed);
      this.slots = from;
      this.accounts = from;
    }

    void one() {
      List<Allocation> all = ledger.read(queries -> queries.all());
      Optional<Allocation> some =
          all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
      switch (random.nextInt(some.isEmpty() ? 1 : 8)) {
        case 0, 1, 2 -> grant(owner(), true);
        case 3 -> change(some, AllocationState.RETIRED, EventKind.RETIRE);
        case 4 -> change(some, AllocationState.ACTIVE, EventKind.REINSTATE);
        case 5 -> rename(some.orElseThrow());
        case 6 -> supersede(some.orElseThrow());
        default -> offGrid();
      }
    }

    private Owner owner() {
      accounts++;
      return new Owner(
          "id-" + accounts,
          new OwnerName(NAMES.get(random.nextInt(NAMES.size()))),
          1 + random.nextInt(12) + (random.nextBoolean() ? 0 : 4_000_000_000L),
          random.nextInt(100),
          random.nextBoolean() ? Optional.empty() : Optional.of("uid=" + accounts + ",dc=x"));
    }

    private void grant(Owner owner, boolean inPool) {
      IdRange range = new IdRange(FIRST + 65536L * slots, 65536);
      Allocation wanted =
          new Allocation(
              UUID.randomUUID(),
              owner,
              inPool ? Optional.of("default") : Optional.empty(),
              range,
              range,
              AllocationState.ACTIVE,
              0);
      int slot = slots++;
      Allocation unused =
          ledger.change(t -> t.grant(wanted, OptionalLong.of(slot), EventKind.ALLOCATE, TEST));
    }

    private void offGrid() {
      int n = slots++;
      Allocation wanted =
          new Allocation(
              UUID.randomUUID(),
              owner(),
              Optional.empty(),
              new IdRange(3_000_000_000L + 70_000L * n, 70_000),
              new IdRange(100_000 + 1_000L * n, 1_000),
              AllocationState.ACTIVE,
              0);
      Allocation unused =
          ledger.change(t -> t.grant(wanted, OptionalLong.empty(), EventKind.IMPORT, TEST));
    }

    private void change(Optional<Allocation> some, AllocationState state, EventKind kind) {
      Allocation before = some.orElseThrow();
      if (before.state() != AllocationState.SUPERSEDED) {
        Allocation unused =
            ledger.change(t -> t.change(before, before.withState(state), kind, TEST));
      }
    }

    private void rename(Allocation before) {
      if (before.state() != AllocationState.SUPERSEDED) {
        Owner old = before.owner();
        Owner renamed =
            new Owner(
                old.stableId(),
                new OwnerName(NAMES.get(random.nextInt(NAMES.size()))),
                random.nextBoolean() ? old.uidNumber() : 1 + random.nextInt(12),
                old.gidNumber(),
                old.dn());
        Allocation unused =
            ledger.change(t -> t.change(before, before.withOwner(renamed), EventKind.FOLLOW, TEST));
      }
    }

    private void supersede(Allocation before) {
      change(Optional.of(before), AllocationState.SUPERSEDED, EventKind.SUPERSEDE);
      if (before.state() != AllocationState.SUPERSEDED && random.nextBoolean()) {
        grant(before.owner(), true);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void viewThatWasMovedEqualsTheDatabase(long seed) {
    try (TestLedger database = TestLedger.inMemory()) {
      Ledger ledger = database.ledger();
      CurrentView current = CurrentView.of(ledger);
      Changes changes = new Changes(ledger, seed);
      long loadedAt = current.get().head().serial();
      for (int i = 0; i < 240; i++) {
        changes.one();
        if (i % 40 == 39) {
          assertEquals(ledger, current.get(), loadedAt);
          assertEquals(ledger, CurrentView.of(ledger).get(), ledger.head().serial());
        }
      }
    }
  }

  static void assertEquals(Ledger ledger, LedgerView view, long knownSince) {
    List<Allocation> all = ledger.read(queries -> queries.all());
    assertThat(view.head()).isEqualTo(ledger.head());
    assertThat(view.size()).isEqualTo(all.size());
    assertThat(text(view)).isEqualTo(rendered(ledger.head(), all));
    for (String name : NAMES) {
      assertThat(view.currentNamed(new OwnerName(name)))
          .isEqualTo(ledger.read(queries -> queries.currentNamed(new OwnerName(name))));
    }
    for (Allocation a : all) {
      long uid = a.owner().uidNumber();
      assertThat(view.currentWithUid(uid))
          .isEqualTo(ledger.read(queries -> queries.currentWithUid(uid)));
      for (IdType type : IdType.values()) {
        assertThat(view.holding(type, a.range(type).start())).contains(a);
        assertThat(view.holding(type, a.range(type).last())).contains(a);
        long after = a.range(type).last() + 1;
        assertThat(view.holding(type, after))
            .isEqualTo(ledger.read(queries -> queries.holding(type, after)));
      }
    }
    assertRanges(view, all);
    assertThat(view.holding(IdType.SUBUID, 0)).isEmpty();
    assertThat(view.currentNamed(new OwnerName("u1-"))).isEmpty();
    assertThat(view.currentWithUid(77)).isEmpty();
    Map<AllocationState, Long> counts = new HashMap<>();
    all.stream()
        .filter(a -> a.pool().isPresent())
        .forEach(a -> counts.merge(a.state(), 1L, Long::sum));
    for (AllocationState state : AllocationState.values()) {
      assertThat(view.pool("default").in(state)).isEqualTo(counts.getOrDefault(state, 0L));
    }
    for (long since = knownSince; since <= view.head().serial(); since++) {
      long from = since;
      assertThat(view.knowsChangesSince(since)).isTrue();
      assertThat(
              view.changes(since, 1000).orElseThrow().stream()
                  .filter(c -> !c.before().equals(c.after())))
          .containsExactlyInAnyOrderElementsOf(
              ledger
                  .read(queries -> queries.rowChanges(from, view.head().serial(), 10_000))
                  .orElseThrow()
                  .stream()
                  .filter(c -> !c.before().equals(c.after()))
                  .toList());
    }
  }

  /** Windows that begin and end at, before and behind the ranges, and in the middle of them. */
  private static void assertRanges(LedgerView view, List<Allocation> all) {
    for (IdType type : IdType.values()) {
      AllocatedRanges ranges = new AllocatedRanges(view, type);
      for (Allocation a : all.subList(0, Math.min(all.size(), 20))) {
        for (long first : List.of(a.range(type).start() - 1, a.range(type).start() + 5)) {
          IdRange within = IdRange.between(first, a.range(type).last() + 70_000);
          List<Allocation> expected =
              all.stream()
                  .filter(other -> other.range(type).overlaps(within))
                  .sorted(Comparator.comparing(other -> other.range(type)))
                  .toList();
          List<IdRange> found = new ArrayList<>();
          ranges.forEach(within, (from, to, state) -> found.add(IdRange.between(from, to)));

          assertThat(found).isEqualTo(expected.stream().map(other -> other.range(type)).toList());
          assertThat(ranges.first(within, 1000)).isEqualTo(expected);
          assertThat(ranges.first(within, 1)).isEqualTo(expected.subList(0, 1));
        }
      }
    }
  }

  private static byte[] rendered(LedgerHead head, List<Allocation> all) {
    return Snapshot.of(
            head.uuid(),
            head.serial(),
            head.hash(),
            all.stream()
                .filter(a -> a.state() == AllocationState.ACTIVE)
                .map(SnapshotRow::of)
                .toList())
        .render();
  }

  private static byte[] text(LedgerView view) {
    byte[] rows = new byte[view.extent().bytes()];
    view.copyLines(rows, 0);
    LedgerHead head = view.head();
    byte[] header =
        new SnapshotHeader(
                head.uuid(), head.serial(), view.extent().rows(), sha256(rows), head.hash())
            .render();
    byte[] all = Arrays.copyOf(header, header.length + rows.length);
    System.arraycopy(rows, 0, all, header.length, rows.length);
    return all;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static Allocation grant(Ledger ledger, int slot) {
    return ledger.change(transaction -> granted(transaction, slot));
  }

  private static Allocation granted(LedgerTransaction transaction, int slot) {
    IdRange range = new IdRange(FIRST + 65536L * slot, 65536);
    Owner owner =
        new Owner("s" + slot, new OwnerName("u" + slot), 1000 + slot, 100, Optional.empty());
    return transaction.grant(
        new Allocation(
            UUID.randomUUID(),
            owner,
            Optional.of("default"),
            range,
            range,
            AllocationState.ACTIVE,
            0),
        OptionalLong.of(slot),
        EventKind.ALLOCATE,
        TEST);
  }

  /** A second ledger on the same database stands for another replica. */
  @Test
  void whatAnotherReplicaCommitsIsThereAfterAFollowOrWhenItsEventIsAskedFor() {
    try (TestLedger database = TestLedger.inMemory()) {
      Ledger other = database.another();
      CurrentView current = CurrentView.of(database.ledger());
      long before = current.get().head().lastEvent();

      Allocation first = grant(other, 0);
      assertThat(current.get().head().lastEvent()).isEqualTo(before);
      assertThat(current.atLeast(before + 1).holding(IdType.SUBUID, FIRST)).contains(first);
      Allocation second = grant(other, 1);
      current.follow();
      assertThat(current.get().currentNamed(new OwnerName("u1"))).contains(second);

      // A commit here after one there: both are in the next answer.
      Allocation third = grant(other, 2);
      Allocation fourth = grant(database.ledger(), 3);
      assertThat(current.get().currentNamed(new OwnerName("u2"))).contains(third);
      assertThat(current.get().currentNamed(new OwnerName("u3"))).contains(fourth);
    }
  }

  /** An acknowledgement can be about a change that another replica has made. */
  @Test
  void changeThatChangesNothingAcknowledgesWhatItHasSeen() {
    try (TestLedger database = TestLedger.inMemory()) {
      CurrentView current = CurrentView.of(database.ledger());
      current.follow();
      Allocation there = grant(database.another(), 0);

      Optional<Allocation> seen =
          database.ledger().change(t -> t.flush().currentNamed(new OwnerName("u0")));

      assertThat(seen).contains(there);
      assertThat(current.get().currentNamed(new OwnerName("u0"))).contains(there);
    }
  }

  @Test
  void eventThatTheLedgerDoesNotHaveIsRefused() {
    try (TestLedger database = TestLedger.inMemory()) {
      CurrentView current = CurrentView.of(database.ledger());

      assertThatThrownBy(() -> current.atLeast(1000))
          .isInstanceOf(Refused.class)
          .hasMessage(
              "event 1000 is not in this ledger, whose newest event is 2; ask without"
                  + " Cadastre-Min-Event")
          .extracting(e -> ((Refused) e).code())
          .isEqualTo(RefusalCode.UNKNOWN_EVENT);
    }
  }

  @Test
  void changeThatIsRehearsedMovesNoView() {
    try (TestLedger database = TestLedger.inMemory()) {
      CurrentView current = CurrentView.of(database.ledger());
      LedgerView before = current.get();

      Allocation rehearsed = database.ledger().rehearse(t -> granted(t, 0));

      assertThat(rehearsed.serial()).isEqualTo(before.head().serial() + 1);
      assertThat(current.ready()).containsSame(before);
      assertThat(current.newestEvent()).isEqualTo(before.head().lastEvent());
      assertThat(current.get()).isSameAs(before);
    }
  }

  /** Takes the last allocation and its event out of the database, as an old backup would. */
  static void restoreWithout(TestLedger database, Allocation lost) {
    database.edit(
        "DELETE FROM id_range WHERE allocation_id = '" + lost.id() + "'",
        "DELETE FROM slot WHERE allocation_id = '" + lost.id() + "'",
        "DELETE FROM outbox",
        "DELETE FROM allocation WHERE id = '" + lost.id() + "'",
        "DELETE FROM event WHERE seq = 4",
        "UPDATE ledger SET (last_event, serial, revision, head) ="
            + " (SELECT seq, serial, revision, hash FROM event WHERE seq = 3)");
  }

  @Test
  void ledgerThatWasReplacedByAnOlderOneIsReadAnew() {
    try (TestLedger database = TestLedger.inMemory()) {
      CurrentView current = CurrentView.of(database.ledger());
      Allocation kept = grant(database.ledger(), 0);
      Allocation lost = grant(database.ledger(), 1);
      LedgerView before = current.get();
      assertThat(before.holding(IdType.SUBUID, lost.uidRange().start())).contains(lost);

      restoreWithout(database, lost);
      current.follow();

      assertThat(current.get().head().lastEvent()).isEqualTo(3);
      assertThat(current.get().isRelatedTo(before)).isFalse();
      assertThat(current.get().holding(IdType.SUBUID, lost.uidRange().start())).isEmpty();
      assertThat(current.get().holding(IdType.SUBUID, kept.uidRange().start())).contains(kept);
      Allocation again = grant(database.ledger(), 1);
      assertThat(current.get().currentNamed(new OwnerName("u1"))).contains(again);
    }
  }

  @Test
  void ownChangeAfterAnOlderLedgerWasRestoredIsSeenAtOnce() {
    try (TestLedger database = TestLedger.inMemory()) {
      CurrentView current = CurrentView.of(database.ledger());
      Allocation kept = grant(database.ledger(), 0);
      Allocation lost = grant(database.ledger(), 1);
      assertThat(current.get().size()).isEqualTo(2);

      restoreWithout(database, lost);
      Allocation again = grant(database.ledger(), 2);

      assertThat(current.get().currentNamed(new OwnerName("u2"))).contains(again);
      assertThat(current.get().currentNamed(new OwnerName("u0"))).contains(kept);
      assertThat(current.get().currentNamed(new OwnerName("u1"))).isEmpty();
    }
  }

  @Test
  void rowThatCannotBeReadIsSaidUntilItIsMended() {
    try (TestLedger database = TestLedger.inMemory()) {
      Allocation granted = grant(database.ledger(), 0);
      CurrentView current = CurrentView.of(database.ledger());
      database.edit("UPDATE allocation SET uid_count = 0");

      assertThatThrownBy(current::get)
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("was edited and cannot be read");
      assertThat(current.ready()).isEmpty();

      database.edit("UPDATE allocation SET uid_count = 65536");
      assertThat(current.get().currentNamed(new OwnerName("u0"))).contains(granted);
    }
  }

  /**
   * Four threads allocate 10,000 ranges in all. Each finds its own in the next view; the readers
   * meet only whole changes, and events that never go back.
   */
  @Test
  void readersDuringTenThousandAllocationsSeeNoOlderViewAndNoHalfChange() throws Exception {
    int writers = 4;
    int each = 2_500;
    try (TestLedger database = TestLedger.inMemory()) {
      Ledger ledger = database.ledger();
      CurrentView current = CurrentView.of(ledger);
      long first = current.get().head().lastEvent();
      AtomicInteger slots = new AtomicInteger();
      AtomicLong acknowledged = new AtomicLong(first);
      ExecutorService threads = Executors.newFixedThreadPool(writers + 2);
      List<Future<?>> writing =
          IntStream.range(0, writers)
              .<Future<?>>mapToObj(
                  w ->
                      threads.submit(
                          () -> {
                            for (int i = 0; i < each; i++) {
                              Allocation granted = grant(ledger, slots.getAndIncrement());
                              LedgerView view = current.get();
                              assertThat(view.holding(IdType.SUBGID, granted.gidRange().last()))
                                  .contains(granted);
                              long seen = view.head().lastEvent();
                              acknowledged.accumulateAndGet(seen, Math::max);
                            }
                          }))
              .toList();
      List<Future<?>> reading =
          IntStream.range(0, 2)
              .<Future<?>>mapToObj(
                  r ->
                      threads.submit(
                          () -> {
                            long last = first;
                            while (writing.stream().anyMatch(w -> !w.isDone())) {
                              long least = Math.max(last, acknowledged.get());
                              LedgerView view = current.get();
                              last = view.head().lastEvent();
                              assertThat(last).isGreaterThanOrEqualTo(least);
                              assertThat(view.size()).isEqualTo(last - first);
                              assertThat(view.extent().rows()).isEqualTo(last - first);
                              assertThat(view.pool("default").in(AllocationState.ACTIVE))
                                  .isEqualTo(last - first);
                            }
                          }))
              .toList();
      for (Future<?> one : writing) {
        one.get();
      }
      for (Future<?> one : reading) {
        one.get();
      }
      threads.shutdown();

      assertThat(current.get().size()).isEqualTo(writers * each);
      assertThat(text(current.get())).isEqualTo(text(CurrentView.of(ledger).get()));
    }
  }

  @Test
  void changesBeyondTheKeptOnesAreLeftToTheDatabase() {
    RecentChanges changes = RecentChanges.since(5);
    for (int i = 0; i < 25_000; i++) {
      changes =
          changes.with(6 + i, new UUID(0, i), new RowChange(Optional.empty(), Optional.empty()));
    }

    assertThat(changes.knownSince()).isEqualTo(10_005);
    assertThat(changes.after(25_000, 10_000).orElseThrow()).hasSize(5);
    assertThat(changes.after(15_006, 10_000).orElseThrow()).hasSize(9_999);
    assertThat(changes.after(15_004, 10_000)).isEmpty();
    assertThat(changes.after(10_005, 100_000).orElseThrow()).hasSize(15_000);
  }
}
