/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.DismissedEntry;
import io.cadastre.service.event.Event;
import io.cadastre.service.event.EventJson;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A value that the database cannot hold is refused, and is no outage: a retry is of no use. */
class DataErrorTest {
  private static final AuditContext TEST = AuditContext.service("test", "a test");

  private static void isRefused(RuntimeException e, RefusalCode code) {
    assertThat(e)
        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo(code))
        .hasMessageNotContaining("does not answer");
  }

  @Test
  void valueThatIsTooLongForItsColumnIsRefusedAndNothingIsChanged() {
    try (TestLedger database = TestLedger.inMemory()) {
      LedgerHead before = database.ledger().head();
      assertThatThrownBy(
              () ->
                  database
                      .ledger()
                      .change(
                          transaction -> {
                            transaction.block(
                                "default", 1, new BlockReason.ForeignEntry("x".repeat(4001)));
                            return true;
                          }))
          .satisfies(e -> isRefused((RuntimeException) e, RefusalCode.UNSTORABLE))
          .hasMessageContaining("cannot hold")
          .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500));
      assertThat(database.ledger().head()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"actor", "requestId", "reason"})
  void whatAnEventCannotHoldIsRefusedBeforeTheDatabaseIsAsked(String field) {
    String text = "x".repeat(4001);
    assertThatThrownBy(
            () ->
                new AuditContext(
                    field.equals("actor") ? text : "test",
                    Optional.of(field.equals("requestId") ? text : "1"),
                    Optional.of(field.equals("reason") ? text : "why")))
        .satisfies(e -> isRefused((RuntimeException) e, RefusalCode.BAD_REQUEST))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
    assertThatThrownBy(() -> new AuditContext("a\0b", Optional.empty(), Optional.empty()))
        .isInstanceOf(Refused.class);
  }

  @Test
  void lineOfAnArchiveThatTheDatabaseCannotHoldIsNamed() {
    List<String> lines = new ArrayList<>();
    try (TestLedger database = TestLedger.inMemory()) {
      database.ledger().change(t -> dismissed(t));
      new EventArchive(database.ledger()).export(lines::add);
    }
    Event event = EventJson.read(lines.get(2).replace("service:test", "x".repeat(300)));
    lines.set(2, EventJson.write(EventJson.sealed(event)));

    try (TestLedger fresh = TestLedger.fresh()) {
      assertThatThrownBy(() -> new EventArchive(fresh.ledger()).replay(lines.stream()))
          .satisfies(e -> isRefused((RuntimeException) e, RefusalCode.BAD_REQUEST))
          .hasMessageContaining("line 3 of the archive");
    }
  }

  private static boolean dismissed(LedgerTransaction transaction) {
    transaction.entries().dismiss(DismissedEntry.of("cn=junk", List.of(), List.of()), TEST);
    return true;
  }

  @Test
  void dismissalIsReplayedAndChangesNoAllocation() {
    List<String> lines = new ArrayList<>();
    try (TestLedger database = TestLedger.inMemory();
        TestLedger fresh = TestLedger.fresh()) {
      database.ledger().change(t -> dismissed(t));
      new EventArchive(database.ledger()).export(lines::add);
      new EventArchive(fresh.ledger()).replay(lines.stream());

      assertThat(fresh.ledger().head()).isEqualTo(database.ledger().head());
      assertThat(fresh.ledger().read(LedgerQueries::all)).isEmpty();
      DismissedEntry junk = DismissedEntry.of("cn=junk", List.of(), List.of());
      boolean dismissed = fresh.ledger().read(queries -> queries.isDismissed(junk));
      assertThat(dismissed).isTrue();
    }
  }
}
