/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static io.cadastre.service.registry.CallerSite.TEST;
import static io.cadastre.service.registry.CallerSite.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cadastre.service.event.EventKind;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.EventArchive;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.service.registry.AllocationResult.NotAllocated;
import io.cadastre.service.registry.AllocationResult.Outcome;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names with invisible characters: refused for new owners, valid where they are recorded. */
class NewNamesTest {
  private static final String INVISIBLE = "zo\u00ADe";

  private final TestLedger database = TestLedger.inMemory();
  private final CallerSite site = new CallerSite(database.ledger());

  @AfterEach
  void close() {
    database.close();
  }

  /** Records an allocation as versions before this rule did. */
  static Allocation record(TestLedger database, Owner owner) {
    IdRange range = new IdRange(1001062400, 65536);
    return database
        .ledger()
        .change(
            transaction ->
                transaction.grant(
                    Admission.newAllocation(owner, Optional.of("default"), range, range),
                    OptionalLong.of(0),
                    EventKind.ALLOCATE,
                    TEST));
  }

  private Allocation recorded() {
    return record(
        database, new Owner("caller:z", new OwnerName(INVISIBLE), 1001, 1001, Optional.empty()));
  }

  private static void assertInvalid(ThrowingCallable change) {
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(change)
        .satisfies(refused -> assertThat(refused.code()).isEqualTo(RefusalCode.INVALID_NAME));
  }

  @ParameterizedTest
  @ValueSource(strings = {"zo\u00ADe", "zo\u2060e", "\u2066zoe", "zoe\uDB40\uDC41"})
  void newOwnerIsRefusedByEveryCommand(String name) {
    LedgerHead before = site.ledger.head();
    OwnerName owner = new OwnerName(name);

    assertInvalid(() -> site.allocate(name, 1001, "z"));
    assertInvalid(() -> site.identityCommands.rebind(request(name, 1001, "z"), false, TEST));
    assertInvalid(() -> site.ownerCommands.supersede(owner, Optional.empty(), false, TEST));
    assertInvalid(() -> site.ownerCommands.retire(owner, TEST));
    assertInvalid(() -> site.ownerQueries.owner(name));
    List<AllocationResult> lines =
        site.ownerCommands.allocateAll(
            List.of(request(name, 1001, "z"), request("yan", 1002, "y")),
            site.ownerCommands.runner(false),
            TEST);

    assertThat(((NotAllocated) lines.get(0)).reason())
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.code()).isEqualTo(RefusalCode.INVALID_NAME));
    assertThat(lines.get(1).allocated()).isPresent();
    assertThat(site.ledger.head().lastEvent()).isEqualTo(before.lastEvent() + 1);
  }

  @Test
  void ownerIsNotRenamedToSuchAName() {
    site.allocate("zoe", 1001, "z");
    LedgerHead before = site.ledger.head();

    assertInvalid(() -> site.allocate(INVISIBLE, 1001, "z"));
    assertThat(site.ledger.head()).isEqualTo(before);
    site.retire("zoe");
    assertInvalid(() -> site.allocate(INVISIBLE, 1001, "z"));
    assertThat(site.present("zoe").state()).isEqualTo(AllocationState.RETIRED);
  }

  @Test
  void recordedOwnerIsServedAsBefore() {
    Allocation recorded = recorded();

    assertThat(site.allocate(INVISIBLE, 1001, "z").outcome()).isEqualTo(Outcome.UNCHANGED);
    site.retire(INVISIBLE);
    assertThat(site.reinstate(INVISIBLE, 1001, "z").allocation().uidRange())
        .isEqualTo(recorded.uidRange());
    assertThat(site.identityCommands.rebind(request(INVISIBLE, 1001, "y"), false, TEST).id())
        .isEqualTo(recorded.id());
    assertThat(site.allocate(INVISIBLE, 1002, "y").allocation().owner().uidNumber())
        .isEqualTo(1002);
    site.ownerCommands.supersede(new OwnerName(INVISIBLE), Optional.empty(), false, TEST);
    assertThat(site.present(INVISIBLE).state()).isEqualTo(AllocationState.ACTIVE);
    assertThat(site.allocate("zoe", 1002, "y").allocation().owner().name())
        .isEqualTo(new OwnerName("zoe"));
  }

  @Test
  void newOwnerDoesNotGetARecordedName() {
    recorded();

    assertInvalid(() -> site.allocate(INVISIBLE, 1002, "other"));
    assertThat(site.present(INVISIBLE).state()).isEqualTo(AllocationState.ACTIVE);
  }

  @Test
  void recordedNameIsVerifiedReplayedAndServed() {
    recorded();
    List<String> archive = new ArrayList<>();
    new EventArchive(site.ledger).export(archive::add);

    assertThat(EventArchive.verify(archive.stream())).isEqualTo(site.ledger.head());
    try (TestLedger fresh = TestLedger.fresh()) {
      new EventArchive(fresh.ledger()).replay(archive.stream());
      assertThat(fresh.ledger().read(LedgerQueries::all))
          .isEqualTo(site.ledger.read(LedgerQueries::all));
      assertThat(Site.snapshotRows(fresh.ledger()))
          .isEqualTo(Site.snapshotRows(site.ledger))
          .anyMatch(row -> row.startsWith(INVISIBLE + ":1001:"));
    }
  }
}
