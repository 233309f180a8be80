/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.event.AuditContext;
import io.cadastre.service.ledger.BlockReason.AllocatedRange;
import io.cadastre.service.ledger.BlockReason.ForeignEntry;
import io.cadastre.service.ledger.BlockReason.OtherReason;
import io.cadastre.service.ledger.BlockReason.RealId;
import io.cadastre.subid.IdRange;
import java.time.Clock;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts of {@code blocked_by}. Existing ledgers hold them, so they must not change. */
class BlockReasonTest {
  private static final String ID = "018bcfe5-6800-7000-8000-000000000001";

  @ParameterizedTest
  @CsvSource({
    "allocation " + ID + ", AllocatedRange",
    "entry of the directory: cn=x:ou=y, ForeignEntry",
    "entry of the directory:, OtherReason",
    "real ID: an account or group has an ID in 1001062400:65536, RealId",
    "real ID: an account or group has an ID in 1001062400, OtherReason",
    "real ID: an account or group has an ID in 05:7, OtherReason",
    "real ID: an account or group has an ID in 5:0, OtherReason",
    "real ID: 5, OtherReason",
    "allocation 1-2-3-4-5, OtherReason",
    "allocation of zoe, OtherReason",
    "an admin's note, OtherReason"
  })
  void textIsReadAndWrittenBackAsItIs(String text, String type) {
    BlockReason reason = BlockReason.parse(text);

    assertThat(reason.getClass().getSimpleName()).isEqualTo(type);
    assertThat(reason.text()).isEqualTo(text);
  }

  @Test
  void reasonsKeepTheFormOfExistingLedgers() {
    assertThat(new AllocatedRange(UUID.fromString(ID)).text()).isEqualTo("allocation " + ID);
    assertThat(new ForeignEntry("cn=x").text()).isEqualTo("entry of the directory: cn=x");
    assertThat(new RealId(new IdRange(5, 7)).text())
        .isEqualTo("real ID: an account or group has an ID in 5:7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"real ID: 5", "an admin's note"})
  void reasonWrittenByHandIsListedAndSurvivesASettlement(String text) {
    try (TestLedger database = TestLedger.inMemory()) {
      database.edit(
          "INSERT INTO slot (pool, slot, blocked_by) VALUES ('default', 3, '%s')"
              .formatted(text.replace("'", "''")),
          "UPDATE ledger SET serial = serial + 1");

      LedgerReport unused =
          new Settlement(database.ledger(), Clock.systemUTC())
              .settle(false, AuditContext.service("test", "a settlement"));

      assertThat(database.ledger().read(LedgerQueries::blockedSlots))
          .containsExactly(new BlockedSlot("default", 3, new OtherReason(text)));
    }
  }
}
