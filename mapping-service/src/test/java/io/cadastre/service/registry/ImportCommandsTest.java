/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static io.cadastre.service.registry.CallerSite.TEST;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.directory.Slapd;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.imports.ImportPlan;
import io.cadastre.service.imports.NodeFile;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.service.registry.AllocationResult.Outcome;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.SubidFile;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Imports the allocations of shadow into a ledger and a real slapd. */
@Tag("slow")
class ImportCommandsTest {
  private static final String ROWS =
      """
      zoe:100000:65536
      yan:165536:65536
      xia:1001062400:65536
      5004:231072:65536
      05005:331072:65536
      root:900000:1
      """;

  @Test
  void importsTheRangesOfShadowUnchangedAndPublishesThem() {
    try (Slapd slapd = Slapd.start();
        TestLedger database = TestLedger.inMemory()) {
      List<String> names = List.of("zoe", "yan", "xia", "wim", "new");
      names.forEach(n -> slapd.addAccount(n, 5001 + names.indexOf(n), 5001 + names.indexOf(n)));
      try (Site site = Site.ready(database.ledger(), slapd.configuration())) {
        ImportCommands importCommands = site.importCommands();
        LedgerHead before = site.ledger.head();

        ImportPlan dry =
            importCommands.run(new ImportRequest(files(), List.of(), false, true), TEST);
        assertThat(dry.pins()).hasSize(4);
        assertThat(site.ledger.head()).isEqualTo(before);

        assertThat(importCommands.run(new ImportRequest(files(), List.of(), false, false), TEST))
            .isEqualTo(dry);
        site.drain();

        assertThat(site.present("zoe").uidRange()).isEqualTo(new IdRange(100000, 65536));
        assertThat(site.present("wim").uidRange()).isEqualTo(new IdRange(231072, 65536));
        assertThat(site.present("xia").pool()).contains("default");
        assertThat(site.published()).isEqualTo(site.rows()).hasSize(4);
        Allocation next = site.allocate("new").allocation();
        assertThat(next.uidRange().start()).isEqualTo(1001062400 + 65536);
        assertThat(site.allocate("zoe").outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(
                importCommands
                    .run(new ImportRequest(files(), List.of(), false, false), TEST)
                    .pins())
            .isEmpty();
      }
    }
  }

  @Test
  void rowOfAReloadedAccountIsNotImportedUntilTheOwnerIsRebound() {
    try (Slapd slapd = Slapd.start();
        TestLedger database = TestLedger.inMemory()) {
      slapd.addAccount("zoe", 5001, 5001);
      try (Site site = Site.ready(database.ledger(), slapd.configuration())) {
        ImportCommands importCommands = site.importCommands();
        Allocation allocation = site.allocate("zoe").allocation();
        slapd.delete("zoe");
        slapd.addAccount("zoe", 5001, 5001);

        ImportPlan plan =
            importCommands.run(
                new ImportRequest(files("zoe:100000:65536\n"), List.of(), false, false), TEST);

        assertThat(plan.pins()).isEmpty();
        assertThat(plan.findings()).extracting(Finding::rule).contains("identity-changed");
        assertThat(site.rows()).containsExactly(allocation);
      }
    }
  }

  @Test
  void missingIdIsAWarningAndPresentIdAnError() {
    try (Slapd slapd = Slapd.start();
        TestLedger database = TestLedger.inMemory()) {
      slapd.addAccount("zoe", 5001, 5001);
      slapd.addAccount("clash", 100005, 5002);
      try (Site site = Site.ready(database.ledger(), slapd.configuration())) {
        ImportCommands importCommands = site.importCommands();
        assertThat(
                importCommands
                    .run(
                        new ImportRequest(files("zoe:100000:65536\n"), List.of(), false, false),
                        TEST)
                    .findings())
            .extracting(Finding::rule)
            .contains("real-id-clash");
        slapd.delete("clash");

        ImportPlan plan =
            importCommands.run(
                new ImportRequest(files("zoe:100000:65536\n"), List.of(), false, false), TEST);

        assertThat(plan.pins()).hasSize(1);
        assertThat(plan.findings()).extracting(Finding::rule).contains("former-id");
        assertThat(site.accounts.onlyRemembers(plan.pins().get(0).uidRange())).isTrue();
      }
    }
  }

  private static List<NodeFile> files() {
    return files(ROWS);
  }

  private static List<NodeFile> files(String rows) {
    SubidFile file = SubidFile.decode(rows.getBytes(UTF_8));
    return List.of(
        new NodeFile("n1", IdType.SUBUID, file), new NodeFile("n1", IdType.SUBGID, file));
  }
}
