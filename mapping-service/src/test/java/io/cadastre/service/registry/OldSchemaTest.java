/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.directory.Slapd;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.service.registry.AllocationResult.DirectoryState;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.Finding;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A publish server with the schema of a version that knew no revision, until it is upgraded. */
@Tag("slow")
class OldSchemaTest {
  @Test
  void serverWithoutTheAttributeIsPublishedToAndEntriesGetItByARepair() {
    try (Slapd slapd = Slapd.start();
        TestLedger ledger = TestLedger.inMemory()) {
      slapd.restartWithRevision(false);
      slapd.addAccount("zoe", 5001, 5001);
      try (Site site = Site.ready(ledger.ledger(), slapd.configuration())) {
        assertThat(site.allocate("zoe").directory()).isEqualTo(DirectoryState.PUBLISHED);
        assertThat(site.published()).extracting(Allocation::revision).containsExactly(0L);
        assertThat(site.reconciler.report())
            .extracting(Finding::rule)
            .containsExactly("schema-old");
        assertThat(site.gate.obstacle()).isEmpty();

        slapd.restartWithRevision(true);
        assertThat(site.reconciler.report()).isEmpty();
        assertThat(site.published()).extracting(Allocation::revision).containsExactly(0L);
        assertThat(site.reconciler.repair()).isEmpty();
        site.drain();
        assertThat(site.published()).isEqualTo(site.rows());
      }
    }
  }
}
