/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static io.cadastre.service.registry.CallerSite.TEST;
import static io.cadastre.service.registry.CallerSite.reinstating;
import static io.cadastre.service.registry.CallerSite.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.event.Event;
import io.cadastre.service.event.EventJson;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.EventArchive;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.ledger.RecentLosses;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.OwnerName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** The invariants over random histories, and the replay of their archives. */
class ReplayTest {
  private record Step(String what, int owner, int identity) {}

  @Provide
  Arbitrary<List<Step>> histories() {
    return Combinators.combine(
            Arbitraries.of("allocate", "allocate", "retire", "supersede"),
            Arbitraries.integers().between(0, 5),
            Arbitraries.integers().between(0, 5))
        .as(Step::new)
        .list()
        .ofMaxSize(25);
  }

  @Property(tries = 40)
  @Tag("slow")
  void rangesNeverOverlapNorChangeAndTheArchiveReplays(@ForAll("histories") List<Step> history) {
    try (TestLedger database = TestLedger.inMemory(TestLedger.poolOf("default", 12))) {
      CallerSite site = new CallerSite(database.ledger());
      Map<UUID, Allocation> acknowledged = new HashMap<>();
      for (Step step : history) {
        take(site, step).ifPresent(a -> acknowledged.put(a.id(), a));

        List<Allocation> all = site.ledger.read(LedgerQueries::all);
        for (IdType type : IdType.values()) {
          assertThat(AllocationFindings.overlaps(type, all)).isEmpty();
        }
        acknowledged.forEach((id, a) -> assertThat(unchanged(site.ledger, a)).isTrue());
      }
      replaysToTheSame(site.ledger);
    }
  }

  private static Optional<Allocation> take(CallerSite site, Step step) {
    String name = "user" + step.owner();
    try {
      switch (step.what()) {
        case "allocate" -> {
          return Optional.of(
              site.ownerCommands
                  .allocate(
                      reinstating(request(name, 1000 + step.identity(), "id" + step.identity())),
                      TEST)
                  .allocation());
        }
        case "retire" -> site.retire(name);
        default -> {
          return Optional.of(
              site.ownerCommands
                  .supersede(new OwnerName(name), Optional.empty(), false, TEST)
                  .allocation());
        }
      }
    } catch (Refused e) {
      // a refused step changes nothing; the next one follows
    }
    return Optional.empty();
  }

  private static boolean unchanged(Ledger ledger, Allocation acknowledged) {
    Allocation now = ledger.read(queries -> queries.byId(acknowledged.id())).orElseThrow();
    return now.uidRange().equals(acknowledged.uidRange())
        && now.gidRange().equals(acknowledged.gidRange())
        && now.owner().stableId().equals(acknowledged.owner().stableId());
  }

  private static void replaysToTheSame(Ledger ledger) {
    List<String> archive = archive(ledger);
    try (TestLedger fresh = TestLedger.fresh()) {
      LedgerHead head = new EventArchive(fresh.ledger()).replay(archive.stream());

      assertThat(head).isEqualTo(ledger.head());
      assertThat(fresh.ledger().head()).isEqualTo(ledger.head());
      assertThat(fresh.ledger().read(LedgerQueries::all))
          .isEqualTo(ledger.read(LedgerQueries::all));
      assertThat(fresh.ledger().read(LedgerQueries::pools))
          .isEqualTo(ledger.read(LedgerQueries::pools));
      assertThat(archive(fresh.ledger())).isEqualTo(archive);
    }
  }

  private static List<String> archive(Ledger ledger) {
    List<String> lines = new ArrayList<>();
    new EventArchive(ledger).export(lines::add);
    return lines;
  }

  @Example
  void changedLineBreaksTheChain() {
    List<String> lines = threeOwners();
    lines.set(3, lines.get(3).replace("1001127936", "1001062400"));

    assertThatThrownBy(() -> EventArchive.verify(lines.stream()))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("line 4")
        .hasMessageContaining("was changed");
  }

  @Example
  void missingLineBreaksTheChain() {
    List<String> lines = threeOwners();
    lines.remove(2);

    assertThatThrownBy(() -> EventArchive.verify(lines.stream()))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("event 3 is missing");
  }

  @Example
  void archiveWithAnOverlapIsRefusedDespiteValidHashes() {
    List<String> lines = threeOwners().subList(0, 4);
    Event overlapping = EventJson.read(lines.get(3).replace("1001127936", "1001127935"));
    lines.set(3, EventJson.write(EventJson.sealed(overlapping)));

    try (TestLedger fresh = TestLedger.fresh()) {
      assertThatThrownBy(() -> new EventArchive(fresh.ledger()).replay(lines.stream()))
          .isInstanceOf(Refused.class)
          .hasMessageContaining("line 4")
          .hasMessageContaining("overlaps");
      assertThat(fresh.ledger().read(LedgerQueries::all)).isEmpty();
    }
  }

  @Example
  void replayIntoALedgerInUseIsRefused() {
    List<String> lines = threeOwners();
    try (TestLedger used = TestLedger.inMemory()) {
      assertThatThrownBy(() -> new EventArchive(used.ledger()).replay(lines.stream()))
          .isInstanceOf(Refused.class)
          .hasMessageContaining("not fresh");
      assertThat(used.ledger().read(LedgerQueries::pools)).hasSize(1);
    }
  }

  @Example
  void replayedRetiredRangeStaysTaken() {
    try (TestLedger database = TestLedger.inMemory();
        TestLedger fresh = TestLedger.fresh()) {
      CallerSite site = new CallerSite(database.ledger());
      Allocation retired = site.allocate("zoe", 1001, "z").allocation();
      site.retire("zoe");
      new EventArchive(fresh.ledger()).replay(archive(site.ledger).stream());

      Allocation next = new CallerSite(fresh.ledger()).allocate("yan", 1002, "y").allocation();

      assertThat(next.uidRange().start()).isEqualTo(retired.uidRange().last() + 1);
      List<Allocation> kept = fresh.ledger().read(r -> r.inState(AllocationState.RETIRED));
      assertThat(kept).hasSize(1);
    }
  }

  @Example
  void forgottenIdsAndAcceptedLossesReplay() {
    try (TestLedger database = TestLedger.inMemory()) {
      CallerSite site = new CallerSite(database.ledger());
      site.allocate("zoe", 1001, "z");
      site.ledger.change(
          transaction -> transaction.realIds().forget(IdRange.between(70000, 79999), TEST));
      site.ledger.change(
          transaction -> {
            transaction.note(EventKind.ACCEPT_LOSS, new RecentLosses(3, 20), TEST);
            return true;
          });
      site.allocate("yan", 1002, "y");

      assertThat(EventArchive.verify(archive(site.ledger).stream())).isEqualTo(site.ledger.head());
      replaysToTheSame(site.ledger);
    }
  }

  private static List<String> threeOwners() {
    try (TestLedger database = TestLedger.inMemory()) {
      CallerSite site = new CallerSite(database.ledger());
      for (int i = 0; i < 3; i++) {
        site.allocate("user" + i, 1000 + i, "id" + i);
      }
      return archive(site.ledger);
    }
  }
}
