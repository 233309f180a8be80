/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static io.cadastre.service.registry.CallerSite.TEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.event.Event;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A question about a time that the events tell nothing about is not answered "nobody". */
class HistoryGapTest {
  private final TestLedger database = TestLedger.inMemory();
  private final CallerSite site = new CallerSite(database.ledger());

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void beforeTheLedgerBeganNoOwnerIsKnown() {
    Allocation zoe = site.allocate("zoe", 1001, "z").allocation();
    Instant began = Instant.parse(events().get(0).at());

    for (long id : List.of(zoe.uidRange().start(), 5L)) {
      assertUnknown(id, began.minusSeconds(1), "the ledger's history begins at " + began);
    }
    assertNobody(5L, began);
    assertNobody(zoe.uidRange().start(), began);
  }

  @Test
  void beforeARangeWasImportedOrAdoptedItsOwnerIsUnknown() {
    site.allocate("yan", 1002, "y");
    Instant then = last();
    Allocation imported = record("ida", 900_000_000, EventKind.IMPORT);
    Allocation adopted = record("ada", 910_000_000, EventKind.ADOPT);

    for (Allocation recorded : List.of(imported, adopted)) {
      long id = recorded.uidRange().start();
      assertUnknown(id, then, "the history of the range with this ID begins at ");
      assertThat(site.ownerQueries.holder(IdType.SUBUID, id, Optional.of(last())))
          .isEqualTo(recorded);
    }
    assertNobody(920_000_000, then);
  }

  @Test
  void changesThatAnOldBackupLostAreUnknownAndEarlierOnesAreNot() {
    Allocation zoe = site.allocate("zoe", 1001, "z").allocation();
    Instant granted = last();
    site.allocate("yan", 1002, "y");
    Instant backup = last();
    Allocation published =
        site.ledger.change(
            t ->
                t.adopt(
                    zoe.withState(AllocationState.RETIRED).withSerial(40),
                    OptionalLong.empty(),
                    0,
                    TEST));
    long id = zoe.uidRange().start();

    assertThat(site.ownerQueries.holder(IdType.SUBUID, id, Optional.of(granted))).isEqualTo(zoe);
    assertUnknown(id, backup, "between " + backup + " and " + last() + " is lost");
    assertThat(site.ownerQueries.holder(IdType.SUBUID, id, Optional.of(last())))
        .isEqualTo(published);
  }

  private Allocation record(String name, long start, EventKind kind) {
    IdRange range = new IdRange(start, 65536);
    Allocation found =
        new Allocation(
            UUID.randomUUID(),
            new Owner("caller:" + name, new OwnerName(name), start % 7919, 100, Optional.empty()),
            Optional.empty(),
            range,
            range,
            AllocationState.ACTIVE,
            0);
    return site.ledger.change(
        t ->
            kind == EventKind.ADOPT
                ? t.adopt(found, OptionalLong.empty(), 0, TEST)
                : t.grant(found, OptionalLong.empty(), kind, TEST));
  }

  private Instant last() {
    List<Event> events = events();
    return Instant.parse(events.get(events.size() - 1).at());
  }

  private List<Event> events() {
    return site.ledger.read(queries -> queries.eventsAfter(0, Optional.empty(), 100));
  }

  private void assertNobody(long id, Instant at) {
    assertRefused(id, at, RefusalCode.UNOWNED_ID, "is in no range");
  }

  private void assertUnknown(long id, Instant at, String message) {
    assertRefused(id, at, RefusalCode.HISTORY_UNKNOWN, message);
  }

  private void assertRefused(long id, Instant at, RefusalCode code, String message) {
    assertThatThrownBy(() -> site.ownerQueries.holder(IdType.SUBUID, id, Optional.of(at)))
        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }
}
