/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.api.KnownOwnerJson;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.Event;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.subid.OwnerName;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The answer about an owner is bounded, for a history of any length. */
class LongHistoryTest {
  private static final int MOVES = OwnerQueries.MOST + 3;

  @Test
  void historyAndFormerRangesAreTheLatest() {
    try (TestLedger ledger = TestLedger.inMemory()) {
      CallerSite site = new CallerSite(ledger.ledger());
      site.allocate("mover", 3000, "m");
      for (int i = 0; i < MOVES; i++) {
        AuditContext context = new AuditContext("test", Optional.empty(), Optional.of("move " + i));
        site.ownerCommands.supersede(new OwnerName("mover"), Optional.empty(), false, context);
      }

      OwnerView owner = site.ownerQueries.owner("mover");

      assertThat(owner.isCut()).isTrue();
      assertThat(owner.history())
          .hasSize(OwnerQueries.MOST)
          .isSortedAccordingTo(LongHistoryTest::bySeq);
      assertThat(owner.history().get(OwnerQueries.MOST - 2).reason())
          .contains("move " + (MOVES - 1));
      assertThat(owner.history().get(OwnerQueries.MOST - 1).kind()).isEqualTo("allocate");
      assertThat(owner.former()).hasSize(OwnerQueries.MOST);
      assertThat(owner.former().get(OwnerQueries.MOST - 1).uidRange().last() + 1)
          .isEqualTo(owner.current().uidRange().start());
      assertThat(KnownOwnerJson.of(owner).earlier()).contains("/v1/events?owner=mover");
      assertThat(site.ownerQueries.owner("3000").current()).isEqualTo(owner.current());
    }
  }

  @Test
  void shortHistoryIsComplete() {
    try (TestLedger ledger = TestLedger.inMemory()) {
      CallerSite site = new CallerSite(ledger.ledger());
      site.allocate("still", 3001, "s");

      OwnerView owner = site.ownerQueries.owner("still");

      assertThat(owner.history()).hasSize(1);
      assertThat(KnownOwnerJson.of(owner).earlier()).isEmpty();
    }
  }

  private static int bySeq(Event a, Event b) {
    return Long.compare(a.seq(), b.seq());
  }
}
