/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static io.cadastre.service.registry.CallerSite.TEST;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.event.EventKind;
import io.cadastre.service.event.ReleasedRange;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.imports.ImportPlan;
import io.cadastre.service.imports.NodeFile;
import io.cadastre.service.ledger.BlockedSlot;
import io.cadastre.service.ledger.EventArchive;
import io.cadastre.service.ledger.ForeignRange;
import io.cadastre.service.ledger.LedgerCheck;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.service.registry.AllocationResult.Outcome;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Severity;
import io.cadastre.subid.SubidFile;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Imports for identity.source: caller, and local rows that are blocked. */
class CallerImportTest {
  private static final long FIRST = 1001062400;
  private static final String LOCAL = "buildbot:1001062400:65536\n";

  private final TestLedger database = TestLedger.inMemory();
  private final CallerSite site = new CallerSite(database.ledger());

  @AfterEach
  void close() {
    database.close();
  }

  private static GivenAccount given(String name, long uid) {
    return new GivenAccount(name, new CallerIdentity(uid, uid, Optional.empty(), Optional.empty()));
  }

  private static List<NodeFile> files(String rows) {
    SubidFile file = SubidFile.decode(rows.getBytes(UTF_8));
    return Stream.of(IdType.values()).map(type -> new NodeFile("n1", type, file)).toList();
  }

  private ImportPlan run(String rows, boolean block, GivenAccount... accounts) {
    return site.importCommands.run(
        new ImportRequest(files(rows), List.of(accounts), block, false), TEST);
  }

  @Test
  void rowsOfTheGivenAccountsAreImported() {
    ImportPlan plan =
        run(
            "zoe:300000:65536\n1002:400000:65536\nroot:500000:65536\n",
            false,
            given("root", 0),
            given("zoe", 1001),
            given("yan", 1002));

    assertThat(plan.pins()).extracting(p -> p.owner().name().value()).containsExactly("zoe", "yan");
    assertThat(plan.findings()).extracting(Finding::rule).contains("unknown-owner");
    assertThat(site.ownerCommands.allocate(CallerSite.unidentified("zoe", 1001), TEST))
        .satisfies(
            allocated -> {
              assertThat(allocated.outcome()).isEqualTo(Outcome.UNCHANGED);
              assertThat(allocated.allocation().uidRange()).isEqualTo(new IdRange(300000, 65536));
            });
  }

  @Test
  void rangeWithTheIdOfAGivenAccountIsNotPinned() {
    ImportPlan plan = run("zoe:300000:65536\n", false, given("zoe", 1001), given("robot", 300_001));

    assertThat(plan.pins()).isEmpty();
    assertThat(plan.findings())
        .filteredOn(f -> f.rule().equals("real-id-clash"))
        .singleElement()
        .satisfies(f -> assertThat(f.message()).contains("uid 300001 of robot (uid 300001)"));
  }

  @Test
  void twoGivenAccountsWithOneUidAreAmbiguous() {
    ImportPlan plan = run("1001:300000:65536\n", false, given("zoe", 1001), given("yan", 1001));

    assertThat(plan.pins()).isEmpty();
    assertThat(plan.findings()).extracting(Finding::rule).contains("ambiguous-owner");
  }

  @Test
  void importWithoutAccountsSaysHowToGiveThem() {
    assertThatThrownBy(() -> run("zoe:300000:65536\n", false))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("getent passwd > accounts.passwd; cadastre import-files --accounts");
  }

  /** Review R9: the next owner does not get the range of a local row. */
  @Test
  void blockedLocalRowIsNotGivenOutAndIsAnEvent() {
    ImportPlan plan = run(LOCAL, true, given("zoe", 1001));

    assertThat(plan.blocks()).hasSize(2);
    assertThat(site.allocate("zoe", 1001, "z").allocation().uidRange().start())
        .isEqualTo(FIRST + 65536);
    assertThat(site.ledger.read(LedgerQueries::blockedSlots))
        .singleElement()
        .extracting(slot -> slot.reason().text())
        .isEqualTo("local row buildbot in n1:/etc/subuid:1");
    assertThat(new LedgerCheck(site.ledger, Clock.systemUTC()).run().isEqual()).isTrue();
    ImportPlan again = run(LOCAL, true, given("zoe", 1001));
    assertThat(again.blocks()).isEmpty();
    assertThat(again.findings()).extracting(Finding::rule).contains("local-row-blocked");
  }

  @Test
  void replayedLedgerBlocksTheSameSlots() {
    run(LOCAL, true, given("zoe", 1001));
    List<String> archive = new ArrayList<>();
    new EventArchive(site.ledger).export(archive::add);

    assertThat(archive).anyMatch(line -> line.contains("\"kind\":\"" + EventKind.BLOCK.word()));
    try (TestLedger fresh = TestLedger.fresh()) {
      new EventArchive(fresh.ledger()).replay(archive.stream());

      List<BlockedSlot> blocked = fresh.ledger().read(LedgerQueries::blockedSlots);
      List<ForeignRange> ranges = fresh.ledger().read(LedgerQueries::foreignRanges);
      assertThat(blocked).isEqualTo(site.ledger.read(LedgerQueries::blockedSlots)).hasSize(1);
      assertThat(ranges).isEqualTo(site.ledger.read(LedgerQueries::foreignRanges)).hasSize(2);
    }
  }

  @Test
  void releasedLocalRowIsGivenOutAgainAlsoAfterAReplay() {
    run(LOCAL, true, given("zoe", 1001));
    Optional<ReleasedRange> released =
        site.ledger.change(t -> t.entries().release(new IdRange(FIRST, 65536), TEST));
    List<String> archive = new ArrayList<>();
    new EventArchive(site.ledger).export(archive::add);

    assertThat(released).isPresent();
    assertThat(site.ledger.read(LedgerQueries::blockedSlots)).isEmpty();
    try (TestLedger fresh = TestLedger.fresh()) {
      new EventArchive(fresh.ledger()).replay(archive.stream());
      assertThat(fresh.ledger().read(LedgerQueries::foreignRanges)).isEmpty();
    }
    assertThat(site.allocate("zoe", 1001, "z").allocation().uidRange().start()).isEqualTo(FIRST);
  }

  private List<Long> blockedSlots() {
    return site.ledger.read(LedgerQueries::blockedSlots).stream().map(BlockedSlot::slot).toList();
  }

  private void foreignEntry(IdRange range) {
    Boolean unused =
        site.ledger.change(
            transaction -> {
              for (IdType type : IdType.values()) {
                transaction.entries().block(type, range, "subUidNumber=1,dc=x");
              }
              return true;
            });
  }

  @Test
  void localRowThatAForeignEntryOverlapsInPartIsBlockedInWhole() {
    foreignEntry(new IdRange(FIRST, 65536));
    String rows = "buildbot:1001062400:262144\n";

    assertThat(run(rows, true, given("zoe", 1001)).blocks()).hasSize(2);

    assertThat(blockedSlots()).containsExactly(0L, 1L, 2L, 3L);
    assertThat(run(rows, true, given("zoe", 1001)).blocks()).isEmpty();
  }

  /** One row, such as a mistyped one, takes no pool away from all owners. */
  @Test
  void localRowOverALargeShareOfAPoolIsAnErrorAndBlocksNothing() {
    String rows = "buildbot:1001062400:800000000\n";

    ImportPlan plan = run(rows, true, given("zoe", 1001));

    assertThat(plan.blocks()).isEmpty();
    assertThat(blockedSlots()).isEmpty();
    assertThat(plan.findings())
        .filteredOn(f -> f.rule().equals("local-row-large"))
        .isNotEmpty()
        .allMatch(f -> f.severity() == Severity.ERROR && f.message().contains("pool default"));
    assertThat(site.allocate("zoe", 1001, "z").outcome()).isEqualTo(Outcome.CREATED);
  }

  @Test
  void localRowOverARangeOfTheLedgerIsAnError() {
    site.allocate("zoe", 1001, "z");

    ImportPlan plan = run(LOCAL, true, given("yan", 1002));

    assertThat(plan.blocks()).isEmpty();
    assertThat(plan.findings())
        .filteredOn(f -> f.rule().equals("overlap"))
        .isNotEmpty()
        .allMatch(f -> f.message().contains("which the ledger has given to zoe"));
  }
}
