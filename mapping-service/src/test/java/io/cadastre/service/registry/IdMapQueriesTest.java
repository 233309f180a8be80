/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.idspace.IdUse;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.service.view.CurrentView;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.ReservedRange;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the map says of a ledger is what the ledger's own tables and counts say. */
class IdMapQueriesTest {
  private static final AuditContext TEST = AuditContext.service("test", "a test");
  private static final long FIRST = 1001062400;
  private static final long COUNT = 65536;

  private final TestLedger database = TestLedger.inMemory(TestLedger.poolOf("default", 1000));
  private final Ledger ledger = database.ledger();
  private final CurrentView views = CurrentView.of(ledger);
  private final PoolUsageQueries usage = new PoolUsageQueries(views, ledger, Clock.systemUTC());
  private final IdMapQueries queries = new IdMapQueries(views, ledger, Accounts.none(), usage);

  @AfterEach
  void close() {
    database.close();
  }

  private Allocation grant(String name, OptionalLong slot, IdRange uids, IdRange gids) {
    Allocation wanted =
        new Allocation(
            UUID.randomUUID(),
            new Owner("id-" + name, new OwnerName(name), 2000, 2000, Optional.empty()),
            slot.isPresent() ? Optional.of("default") : Optional.empty(),
            uids,
            gids,
            AllocationState.ACTIVE,
            0);
    return ledger.change(t -> t.grant(wanted, slot, EventKind.ALLOCATE, TEST));
  }

  private Allocation grant(String name, long slot) {
    IdRange range = new IdRange(FIRST + slot * COUNT, COUNT);
    return grant(name, OptionalLong.of(slot), range, range);
  }

  private IdMap pool(int zoom, long id) {
    return queries.map(
        new MapRequest(IdType.SUBUID, Optional.of("default"), zoom, Optional.of(id)));
  }

  @Test
  void poolsOwnCountsAndTheMapAgree() {
    for (int slot = 0; slot < 30; slot++) {
      Allocation granted = grant("u" + slot, slot * 3L);
      if (slot % 5 == 0) {
        Allocation unused =
            ledger.change(
                t ->
                    t.change(
                        granted,
                        granted.withState(AllocationState.RETIRED),
                        EventKind.RETIRE,
                        TEST));
      }
    }
    IdMap map = pool(0, FIRST);
    PoolCounts counts = map.counts().orElseThrow();

    assertThat(map.all().of(IdUse.ACTIVE)).isEqualTo(counts.used() * COUNT).isEqualTo(24 * COUNT);
    assertThat(map.all().of(IdUse.RETIRED)).isEqualTo(counts.retired() * COUNT);
    assertThat(map.all().of(IdUse.FREE)).isEqualTo(counts.free() * COUNT);
    assertThat(map.all().all()).isEqualTo(1000 * COUNT);
    assertThat(map.allocations()).hasSize(30);
    assertThat(map.window().slots()).isEqualTo(4);
    assertThat(map.uses().get(0).of(IdUse.ACTIVE)).isEqualTo(COUNT);
    assertThat(map.uses().get(0).of(IdUse.RETIRED)).isEqualTo(COUNT);
  }

  @Test
  void importedRangeIsShownAndTheRestOfItsSlotsIsBlocked() {
    Allocation unused =
        grant(
            "imported",
            OptionalLong.empty(),
            new IdRange(FIRST + COUNT / 2, COUNT),
            new IdRange(200_000, 1000));
    IdMap map = pool(0, FIRST);

    assertThat(map.all().of(IdUse.ACTIVE)).isEqualTo(COUNT);
    assertThat(map.all().of(IdUse.BLOCKED)).isEqualTo(COUNT);
    assertThat(pool(9, FIRST).blocked().orElseThrow()).startsWith("allocation ");
    assertThat(pool(9, FIRST + 2 * COUNT).blocked()).isEmpty();
    IdMap gids =
        queries.map(new MapRequest(IdType.SUBGID, Optional.empty(), 3, Optional.of(200_000L)));
    assertThat(gids.all().of(IdUse.ACTIVE)).isEqualTo(192);
    assertThat(gids.allocations())
        .extracting(a -> a.owner().name().value())
        .containsExactly("imported");
  }

  @Test
  void rangeOfOthersIsNotOurs() {
    boolean unused =
        ledger.change(
            t -> {
              t.entries().block(IdType.SUBUID, new IdRange(FIRST + 5 * COUNT, 10), "uid=x,dc=y");
              return true;
            });
    IdMap map = pool(1, FIRST + 5 * COUNT);

    assertThat(map.uses().get(1).of(IdUse.FOREIGN)).isEqualTo(10);
    assertThat(map.uses().get(1).of(IdUse.BLOCKED)).isEqualTo(COUNT - 10);
    assertThat(map.foreign())
        .containsExactly(new IdMap.Foreign(new IdRange(FIRST + 5 * COUNT, 10), "uid=x,dc=y"));
  }

  @Test
  void claimsOfTheWindowAreNamed() {
    assertThat(pool(0, FIRST).claims())
        .extracting(ReservedRange::keyword)
        .containsExactly("kubelet", "apptainer", "sssd", "nspawn");
    assertThat(queries.map(MapRequest.whole()).all().of(IdUse.FORBIDDEN)).isEqualTo(2 * 65536);
  }

  @Test
  void unknownPoolsAndIdsOutsideAreRefused() {
    assertThatThrownBy(
            () ->
                queries.map(
                    new MapRequest(IdType.SUBUID, Optional.of("none"), 0, Optional.empty())))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("there is no such pool");
    assertThatThrownBy(() -> pool(0, 5))
        .isInstanceOf(Refused.class)
        .hasMessage("pool default does not have the ID 5");
  }
}
