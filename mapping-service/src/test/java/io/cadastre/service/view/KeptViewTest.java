/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.event.AuditContext;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerCheck;
import io.cadastre.service.ledger.LedgerReport;
import io.cadastre.service.ledger.Settlement;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.service.packed.PackedAllocation;
import io.cadastre.service.view.CurrentViewTest.Changes;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a process keeps of its view is used by the next one if it is of the ledger, and whole. */
class KeptViewTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("ledger.view");
  }

  private CurrentView view(Ledger ledger) {
    return CurrentView.of(ledger, KeptView.in(file, 0));
  }

  private void keep(Ledger ledger) {
    CurrentView before = view(ledger);
    assertThat(before.get().size()).isPositive();
    before.keep();
    assertThat(file).isNotEmptyFile();
  }

  private static void change(Ledger ledger, long seed, int times) {
    Changes changes = new Changes(ledger, seed);
    for (int i = 0; i < times; i++) {
      changes.one();
    }
  }

  /** Whether a process that starts now uses the file. */
  private boolean isRead(TestLedger database) {
    return KeptView.in(file, 0).first(database.ledger()::head).isPresent();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void viewThatWasKeptAndMovedOnEqualsTheDatabase(long seed) {
    try (TestLedger database = TestLedger.inMemory()) {
      Ledger ledger = database.ledger();
      change(ledger, seed, 300);
      keep(ledger);
      long keptAt = ledger.head().serial();

      CurrentView next = view(ledger);
      CurrentViewTest.assertEquals(ledger, next.get(), keptAt);

      Changes more = new Changes(ledger, seed, 1_000);
      for (int i = 0; i < 60; i++) {
        more.one();
      }
      CurrentViewTest.assertEquals(ledger, view(ledger).get(), keptAt);
      CurrentViewTest.assertEquals(ledger, next.get(), keptAt);
      assertThat(isRead(database)).isTrue();
    }
  }

  @Test
  void onlyItsOwnerMayReadTheFile() throws IOException {
    try (TestLedger database = TestLedger.inMemory()) {
      change(database.ledger(), 1, 5);
      keep(database.ledger());

      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      try (Stream<Path> entries = Files.list(folder)) {
        assertThat(entries).containsExactly(file);
      }
    }
  }

  @Test
  void fewAllocationsAreNotKept() {
    try (TestLedger database = TestLedger.inMemory()) {
      change(database.ledger(), 1, 5);
      CurrentView few = CurrentView.of(database.ledger(), KeptView.in(file));
      assertThat(few.get().size()).isPositive();

      few.keep();

      assertThat(file).doesNotExist();
    }
  }

  /** Each byte counts, and so does each that is missing. */
  @Test
  void fileThatIsDamagedIsNotUsed() throws IOException {
    try (TestLedger database = TestLedger.inMemory()) {
      Ledger ledger = database.ledger();
      change(ledger, 1, 30);
      keep(ledger);
      byte[] whole = Files.readAllBytes(file);
      Random random = new Random(1);
      for (int i = 0; i < 200; i++) {
        byte[] damaged = whole.clone();
        damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, damaged);
        assertThat(isRead(database)).isFalse();
        Files.write(file, Arrays.copyOf(whole, random.nextInt(whole.length)));
        assertThat(isRead(database)).isFalse();
      }
      CurrentViewTest.assertEquals(ledger, view(ledger).get(), ledger.head().serial());
      Files.write(file, whole);
      assertThat(isRead(database)).isTrue();
    }
  }

  @Test
  void viewOfAnotherLedgerIsNotUsed() {
    try (TestLedger other = TestLedger.inMemory();
        TestLedger database = TestLedger.inMemory()) {
      change(other.ledger(), 1, 20);
      keep(other.ledger());
      change(database.ledger(), 2, 30);

      assertThat(isRead(database)).isFalse();
      CurrentViewTest.assertEquals(
          database.ledger(), view(database.ledger()).get(), database.ledger().head().serial());
    }
  }

  /** An old backup was restored: the same ledger, and other events from a number on. */
  @Test
  void viewOfEventsThatTheLedgerHasNotIsNotUsed() {
    try (TestLedger database = TestLedger.inMemory()) {
      Ledger ledger = database.ledger();
      Allocation kept = CurrentViewTest.grant(ledger, 0);
      Allocation lost = CurrentViewTest.grant(ledger, 1);
      keep(ledger);

      CurrentViewTest.restoreWithout(database, lost);
      assertThat(isRead(database)).isFalse();
      assertThat(view(ledger).get().size()).isEqualTo(1);
      Allocation other = CurrentViewTest.grant(ledger, 2);
      assertThat(isRead(database)).isFalse();
      Allocation later = CurrentViewTest.grant(ledger, 3);

      LedgerView view = view(ledger).get();
      assertThat(view.holding(IdType.SUBUID, kept.uidRange().start())).contains(kept);
      assertThat(view.holding(IdType.SUBUID, other.uidRange().start())).contains(other);
      assertThat(view.holding(IdType.SUBUID, later.uidRange().start())).contains(later);
      assertThat(view.holding(IdType.SUBUID, lost.uidRange().start())).isEmpty();
    }
  }

  /** It has rewritten the tables, and no event says what it changed. */
  @Test
  void viewFromBeforeASettlementIsNotUsed() {
    try (TestLedger database = TestLedger.inMemory()) {
      Ledger ledger = database.ledger();
      change(ledger, 1, 20);
      keep(ledger);
      database.edit("UPDATE allocation SET gid_number = 4711");
      assertThat(
              new Settlement(ledger, Clock.systemUTC())
                  .settle(false, AuditContext.service("test", "a test"))
                  .count())
          .isPositive();

      CurrentViewTest.assertEquals(ledger, view(ledger).get(), ledger.head().serial());
    }
  }

  @Test
  void viewThatDiffersFromTheVerifiedEventsIsReadAnew() {
    try (TestLedger database = TestLedger.inMemory()) {
      Ledger ledger = database.ledger();
      change(ledger, 1, 50);
      keep(ledger);
      CurrentView current = view(ledger);
      LedgerView before = current.get();
      LedgerReport report = new LedgerCheck(ledger, Clock.systemUTC()).run();

      current.holdAgainst(report);
      assertThat(current.get()).isSameAs(before);
      assertThat(file).exists();

      current.holdAgainst(
          new LedgerReport(
              report.events(),
              Optional.empty(),
              0,
              List.of(),
              Set.of(),
              List.of(),
              List.of(),
              report.hash(),
              report.allocations() + 1));
      assertThat(current.get()).isNotSameAs(before);
      assertThat(file).doesNotExist();
      CurrentViewTest.assertEquals(ledger, current.get(), ledger.head().serial());
    }
  }

  /** A file of another form would be read as nonsense: change ViewFile.FORMAT with these bytes. */
  @Test
  void packedFormIsThatOfTheFileOfThisVersion() {
    Allocation allocation =
        new Allocation(
            new UUID(1, 2),
            new Owner("id", new OwnerName("zoë"), 1000, 100, Optional.of("uid=zoë")),
            Optional.of("default"),
            new IdRange(100_000, 65_536),
            new IdRange(200_000, 65_536),
            AllocationState.WITHHELD,
            7,
            8);

    assertThat(HexFormat.of().formatHex(PackedAllocation.of(allocation)))
        .isEqualTo(
            "000003e800000064000186a00001000000030d40000100000000000000000007000000000000000801"
                + "0700490004000200087a6fc3ab3a313030303a30303030303030302d303030302d303030312d3030"
                + "30302d3030303030303030303030323a3130303030303a36353533363a3230303030303a36353533"
                + "360a64656661756c7469647569643d7a6fc3ab");
  }
}
