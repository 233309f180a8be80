/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.idmap.DomainSid;
import io.cadastre.service.idmap.SssdIdMap;
import io.cadastre.service.idmap.SssdSlices;
import io.cadastre.service.ledger.BlockReason;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Pool;
import io.cadastre.subid.Severity;
import io.cadastre.subid.Strategy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** No range holds an ID that SSSD computes for an account of Active Directory. */
class IdMappingTest {
  /** SSSD's first slice of it is 1940600000-1940799999. */
  private static final DomainSid DOMAIN =
      new DomainSid("S-1-5-21-1111111111-2222222222-3333333333");

  private static final SssdSlices SLICES =
      SssdSlices.of(
          new SssdIdMap(List.of(DOMAIN), Optional.empty(), 200000, 2000200000, 200000, 0, false));

  /** 16 slots of 65536; the slice touches the second to the fifth. */
  private static final long FIRST = 1_940_520_960L;

  private static final Pool POOL =
      new Pool("default", 65536, List.of(new IdRange(FIRST, 16 * 65536)), Strategy.NEXT_FREE, 1000);

  private final TestLedger database = TestLedger.inMemory(POOL);
  private final CallerSite before = new CallerSite(database.ledger());
  private final CallerSite site =
      new CallerSite(database.ledger(), AdmissionRules.byDefault().with(SLICES));

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void theSlotsThatASliceTouchesAreNotGivenOut() {
    assertThat(site.allocate("a", 20001, "1").allocation().uidRange().start()).isEqualTo(FIRST);
    assertThat(site.allocate("b", 20002, "2").allocation().uidRange().start())
        .isEqualTo(FIRST + 5 * 65536);
    assertThat(database.ledger().read(LedgerQueries::blockedSlots))
        .hasSize(4)
        .allMatch(slot -> slot.reason() instanceof BlockReason.MappedId);
  }

  @Test
  void aRangeInASliceIsAnErrorOfTheAudit() {
    before.allocate("a", 20001, "1");
    before.allocate("b", 20002, "2");

    assertThat(findings(Optional.of(SLICES)))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.rule()).isEqualTo("mapped-id-clash");
              assertThat(finding.severity()).isEqualTo(Severity.ERROR);
              assertThat(finding.subject()).isEqualTo("b (uid 20002)");
              assertThat(finding.message())
                  .contains("1940600000-1940799999", DOMAIN.text(), "RIDs from 0");
            });
    assertThat(findings(Optional.of(SssdSlices.NONE))).isEmpty();
    assertThat(findings(Optional.empty())).isEmpty();
  }

  private List<Finding> findings(Optional<SssdSlices> configured) {
    return new IdMappingFindings(database.ledger(), Accounts.none(), configured).findings();
  }
}
