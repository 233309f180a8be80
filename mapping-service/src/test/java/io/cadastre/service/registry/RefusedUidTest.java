/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static io.cadastre.service.registry.CallerSite.TEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.EventArchive;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.service.registry.AllocationResult.Outcome;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.SnapshotRow;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Review R26: the uid 65535 is refused for new owners, and recorded owners keep their ranges. */
class RefusedUidTest {
  private static final long UID = 65535;

  private final TestLedger database = TestLedger.inMemory();
  private final CallerSite site = new CallerSite(database.ledger());

  @AfterEach
  void close() {
    database.close();
  }

  private Allocation recorded() {
    return NewNamesTest.record(
        database, new Owner("caller:z", new OwnerName("zoe"), UID, UID, Optional.empty()));
  }

  private static void assertInvalid(ThrowingCallable change) {
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(change)
        .withMessageContaining("65535")
        .satisfies(e -> assertThat(e.code()).isEqualTo(RefusalCode.INVALID_IDENTITY));
  }

  @Test
  void newOwnerIsRefused() {
    assertInvalid(() -> site.allocate("zoe", UID, "z"));
    assertThat(site.ledger.read(LedgerQueries::all)).isEmpty();
  }

  @Test
  void ownerIsNotRenumberedToIt() {
    Allocation zoe = site.allocate("zoe", 1001, "z").allocation();

    assertInvalid(() -> site.allocate("zoe", UID, "z"));
    assertThat(site.present("zoe")).isEqualTo(zoe);
  }

  @Test
  void recordedOwnerKeepsTheRangeEverywhere() {
    Allocation zoe = recorded();

    assertThat(site.allocate("zoe", UID, "z").outcome()).isEqualTo(Outcome.UNCHANGED);
    site.retire("zoe");
    assertThat(site.present("zoe").state()).isEqualTo(AllocationState.RETIRED);
    assertThat(SnapshotRow.parse(SnapshotRow.of(zoe).toString()).uidNumber()).isEqualTo(UID);
  }

  @Test
  void recordedOwnerIsServedVerifiedAndReplayed() {
    recorded();
    List<String> archive = new ArrayList<>();
    new EventArchive(site.ledger).export(archive::add);

    assertThat(Site.snapshotRows(site.ledger)).anyMatch(row -> row.startsWith("zoe:65535:"));
    assertThat(EventArchive.verify(archive.stream())).isEqualTo(site.ledger.head());
    try (TestLedger fresh = TestLedger.fresh()) {
      new EventArchive(fresh.ledger()).replay(archive.stream());
      assertThat(fresh.ledger().read(LedgerQueries::all))
          .isEqualTo(site.ledger.read(LedgerQueries::all));
    }
  }

  @Test
  void auditNamesTheRecordedOwner() {
    recorded();

    List<Finding> findings =
        new Audit(site.ledger, Accounts.none(), List::of, List.of(), Clock.systemUTC())
            .run()
            .findings();

    assertThat(findings)
        .filteredOn(f -> f.rule().equals("refused-since"))
        .singleElement()
        .satisfies(
            f -> assertThat(f.message()).startsWith("zoe (uid 65535) keeps the range 1001062400"));
  }

  @Test
  void renumberedOwnerKeepsTheRange() {
    Allocation zoe = recorded();

    assertThat(site.ownerCommands.allocate(CallerSite.request("zoe", 1001, "z"), TEST).allocation())
        .satisfies(
            a -> {
              assertThat(a.uidRange()).isEqualTo(zoe.uidRange());
              assertThat(a.owner().uidNumber()).isEqualTo(1001);
            });
  }
}
