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
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chains with correct hashes that no ledger writes. */
class EventFoldTest {
  private static final AuditContext TEST =
      new AuditContext("test", Optional.empty(), Optional.empty());

  /** LEDGER, POOL, then zoe (id-0), yan (id-1), retire yan, xia (id-2). */
  private static List<String> archive() {
    try (TestLedger database = TestLedger.inMemory()) {
      Allocation unused = grant(database, 0);
      Allocation yan = grant(database, 1);
      database
          .ledger()
          .change(
              transaction ->
                  transaction.change(
                      yan, yan.withState(AllocationState.RETIRED), EventKind.RETIRE, TEST));
      unused = grant(database, 2);
      return TestArchive.of(database.ledger());
    }
  }

  private static Allocation grant(TestLedger database, int i) {
    IdRange range = TestLedger.DEFAULT_POOL.range(i);
    Allocation wanted =
        new Allocation(
            UUID.randomUUID(),
            new Owner(
                "id-" + i,
                new OwnerName(List.of("zoe", "yan", "xia", "wim").get(i)),
                1000 + i,
                1000 + i,
                Optional.empty()),
            Optional.of("default"),
            range,
            range,
            AllocationState.ACTIVE,
            0);
    return database
        .ledger()
        .change(
            transaction -> transaction.grant(wanted, OptionalLong.of(i), EventKind.ALLOCATE, TEST));
  }

  @Test
  void chainOfALedgerIsAccepted() {
    List<String> archive = archive();

    assertThat(EventArchive.verify(archive.stream()).lastEvent()).isEqualTo(6);
  }

  @Test
  void eventsOfAnEarlierVersionHaveTheirNumbersAsRevisions() {
    List<String> early =
        TestArchive.sealed(archive(), line -> line.replaceAll("\"revision\":\\d+,", ""));
    assertThat(early).noneMatch(line -> line.contains("revision"));

    try (TestLedger replayed = TestLedger.fresh()) {
      assertThat(new EventArchive(replayed.ledger()).replay(early.stream()).revision())
          .isEqualTo(6);
      assertThat(replayed.ledger().read(LedgerQueries::all))
          .extracting(Allocation::revision)
          .containsExactly(3L, 5L, 6L);
      assertThat(TestArchive.of(replayed.ledger())).isEqualTo(early);
      assertThat(grant(replayed, 3).revision()).isEqualTo(7);
      assertThat(TestArchive.of(replayed.ledger()).get(6)).contains("\"revision\":7");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "6 | 1001193472 | 1001127936 | overlaps",
        "6 | 1001193472 | 1001127935 | overlaps",
        "6 | id-2 | id-0 | second allocation that counts",
        "5 | \"serial\":3 | \"serial\":1 | back from 2 to 1",
        "6 | \"serial\":4 | \"serial\":9223372036854775807 | leaps from 3",
        "6 | \"kind\":\"allocate\" | \"kind\":\"conquer\" | conquer",
        "6 | \"pool\":\"default\" | \"pool\":\"other\" | pool other",
        "5 | \"start\":1001127936 | \"start\":1002000384 | range",
        "6 | \"revision\":6 | \"revision\":5 | moves the revision from 5 to 5",
        "6 | \"revision\":6 | \"revision\":7 | moves the revision from 5 to 7",
        "2 | \"kind\":\"pool\" | \"kind\":\"ledger\" | ledger",
      })
  void eventThatNoLedgerWritesIsRefusedAlthoughItsHashesFit(
      int number, String from, String to, String said) {
    List<String> archive = new ArrayList<>(archive());
    String line = archive.get(number - 1);
    assertThat(line).contains(from);
    archive.set(number - 1, line.replace(from, to));

    List<String> forged = TestArchive.sealed(archive, l -> l);

    assertThatThrownBy(() -> EventArchive.verify(forged.stream()))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("line " + number)
        .hasMessageContaining(said);
    try (TestLedger fresh = TestLedger.fresh()) {
      assertThatThrownBy(() -> new EventArchive(fresh.ledger()).replay(forged.stream()))
          .isInstanceOf(Refused.class)
          .hasMessageContaining(said);
    }
  }

  @Test
  void timeThatGoesBackIsAFindingOnce() {
    List<String> archive = archive();
    List<String> forged =
        TestArchive.dated(archive, n -> n < 4 ? Instant.parse("2026-03-01T00:00:00Z") : in1999(n));

    assertThat(findings(forged)).extracting(Finding::subject).containsExactly("event 4");
  }

  @Test
  void readingADayAheadIsAFindingOnce() {
    List<String> archive = archive();
    List<String> forged =
        TestArchive.dated(
            archive, n -> Instant.parse((n < 4 ? "2026" : "9031") + "-03-01T00:00:0" + n + "Z"));

    assertThat(findings(forged)).hasSize(1);
  }

  @Test
  void fiveSecondsBackAreNoFinding() {
    List<String> archive = archive();
    List<String> forged =
        TestArchive.dated(
            archive, n -> Instant.parse("2026-03-01T00:00:0" + (n == 4 ? 0 : 5) + "Z"));

    assertThat(findings(forged)).isEmpty();
  }

  @Test
  void timeThatTheDatabaseWouldRoundIsRefused() {
    List<String> forged =
        TestArchive.dated(archive(), n -> Instant.parse("2026-03-01T00:00:00.123456789Z"));

    assertThatThrownBy(() -> EventArchive.verify(forged.stream()))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("no ledger writes");
  }

  private static List<Finding> findings(List<String> archive) {
    List<Finding> findings = new ArrayList<>();
    assertThat(EventArchive.verify(archive.stream(), findings::add).lastEvent()).isEqualTo(6);
    return findings;
  }

  private static Instant in1999(long number) {
    return Instant.parse("1999-03-01T00:00:00Z").plusSeconds(number);
  }
}
