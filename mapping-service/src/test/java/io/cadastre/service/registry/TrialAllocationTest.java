/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.ledger.TestLedger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The trial before the first request leaves nothing behind, whatever it meets. */
class TrialAllocationTest {
  private static List<Object> state(TestLedger database) {
    return database
        .ledger()
        .read(
            queries ->
                List.of(
                    queries.head(),
                    queries.all(),
                    queries.eventsAfter(0, Optional.empty(), 100),
                    queries.dirtyOwners(100),
                    queries.grantDays(Instant.EPOCH),
                    queries.heldSlotCount("default"),
                    queries.realIds()));
  }

  @Test
  void nothingIsChangedAndTheNextOwnerGetsTheNextSlot() {
    try (TestLedger database = TestLedger.inMemory()) {
      CallerSite site = new CallerSite(database.ledger());
      site.allocate("zoe", 1001, "id-zoe");
      List<Object> before = state(database);

      new TrialAllocation(database.ledger(), AdmissionRules.byDefault()).run();

      assertThat(state(database)).isEqualTo(before);
      site.allocate("yan", 1002, "id-yan");
      assertThat(database.ledger().read(LedgerQueries::all))
          .extracting(a -> a.uidRange().start())
          .containsExactly(1001062400L, 1001127936L);
    }
  }

  @Test
  void fullPoolIsMetByTheRequestAndNotByTheStart() {
    try (TestLedger database = TestLedger.inMemory(TestLedger.poolOf("default", 1))) {
      CallerSite site = new CallerSite(database.ledger());
      site.allocate("zoe", 1001, "id-zoe");

      assertThatCode(() -> new TrialAllocation(database.ledger(), AdmissionRules.byDefault()).run())
          .doesNotThrowAnyException();

      assertThatThrownBy(() -> site.allocate("yan", 1002, "id-yan"))
          .isInstanceOfSatisfying(
              Refused.class, e -> assertThat(e.code()).isEqualTo(RefusalCode.POOL_FULL));
    }
  }
}
