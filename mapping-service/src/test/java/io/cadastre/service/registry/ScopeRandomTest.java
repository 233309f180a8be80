/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static io.cadastre.service.registry.Provisioners.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.access.Bounds;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Pool;
import io.cadastre.subid.Strategy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.statistics.Statistics;

/** Random requests of a provisioner change no owner outside of its bounds. */
class ScopeRandomTest {
  private static final String BASE = "ou=hpc,dc=example,dc=org";

  private static final Pool OWN =
      new Pool(
          "own",
          Pool.DEFAULT_COUNT,
          List.of(new IdRange(536870912, 256 * Pool.DEFAULT_COUNT)),
          Strategy.NEXT_FREE,
          1000);

  /** The last two are an admin's: the table of operations keeps others out. */
  private enum Kind {
    PUT,
    BATCH,
    DELETE,
    DELETE_BY_ID,
    SUPERSEDE,
    REBIND
  }

  private record Step(Kind kind, boolean ofAdmin, AllocateRequest request) {
    Optional<String> stableId() {
      return request.identity().flatMap(CallerIdentity::stableId);
    }
  }

  /** Few names, uids, ids and DNs, so that requests meet each other; half of them are outside. */
  @Provide
  Arbitrary<AllocateRequest> requests() {
    return Combinators.combine(
            Arbitraries.of("zoe", "yan", "ann", "bob"),
            Arbitraries.of(47000L, 47001L, 1000L, 1001L),
            Arbitraries.of("a-1", "a-2", "b-1", "").map(Optional::of),
            Arbitraries.of("uid=1," + BASE, "uid=2," + BASE, "uid=1,ou=x", "").map(Optional::of),
            Arbitraries.of("own", "own", "own", "other"),
            Arbitraries.of(true, false))
        .as(
            (name, uid, id, dn, pool, reinstate) ->
                new AllocateRequest(
                    new OwnerName(name),
                    Optional.of(pool),
                    Optional.of(
                        new CallerIdentity(
                            uid,
                            uid,
                            id.filter(text -> !text.isEmpty()),
                            dn.filter(text -> !text.isEmpty()))),
                    reinstate));
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    return Combinators.combine(
            Arbitraries.of(Kind.values()), Arbitraries.integers().between(0, 2), requests())
        .as(
            (kind, by, request) ->
                new Step(kind, by == 0 || kind.compareTo(Kind.SUPERSEDE) >= 0, request))
        .list()
        .ofMinSize(10)
        .ofMaxSize(60);
  }

  @Property(tries = 60)
  @Tag("slow")
  void nothingOutsideOfTheBoundsChanges(
      @ForAll("histories") List<Step> history, @ForAll boolean onlyUids) {
    Bounds all =
        new Bounds(
            Optional.of("own"),
            Provisioners.uids().uids(),
            Optional.of("a-"),
            Optional.of(BASE),
            Optional.empty());
    Bounds bounds = onlyUids ? Provisioners.uids() : all;
    AuditContext hook = Provisioners.within(bounds);
    try (TestLedger database = TestLedger.inMemory(TestLedger.poolOf("other", 256), OWN)) {
      CallerSite site = new CallerSite(database.ledger());
      for (Step step : history) {
        Map<UUID, Allocation> before = rows(site);

        boolean done = take(site, step, step.ofAdmin() ? ADMIN : hook);

        if (!step.ofAdmin()) {
          Map<UUID, Allocation> after = rows(site);
          Statistics.label("a provisioner's " + step.kind())
              .collect(done && !before.equals(after) ? "changed" : done ? "no change" : "refused");
          before.forEach((id, row) -> requireKept(row, after.get(id), onlyUids));
          after.values().stream()
              .filter(row -> !before.containsKey(row.id()))
              .forEach(row -> assertThat(isInside(row, onlyUids)).as("%s", row).isTrue());
        }
      }
    }
  }

  private static void requireKept(Allocation before, Allocation after, boolean onlyUids) {
    if (!isInside(before, onlyUids)) {
      assertThat(after).isEqualTo(before);
    }
    if (!before.equals(after)) {
      assertThat(isInside(after, onlyUids)).as("%s became %s", before, after).isTrue();
      assertThat(after.state()).isIn(AllocationState.ACTIVE, AllocationState.RETIRED);
    }
  }

  /** What the bounds mean, said once more; the DNs of this test have one spelling each. */
  private static boolean isInside(Allocation row, boolean onlyUids) {
    Owner owner = row.owner();
    boolean uid = 47000 <= owner.uidNumber() && owner.uidNumber() <= 47999;
    return onlyUids
        ? uid && owner.dn().isEmpty()
        : uid
            && owner.stableId().startsWith("caller:a-")
            && owner.dn().filter(dn -> dn.endsWith("," + BASE)).isPresent()
            && row.pool().equals(Optional.of("own"));
  }

  private static Map<UUID, Allocation> rows(CallerSite site) {
    return site.ledger.read(LedgerQueries::all).stream()
        .collect(Collectors.toMap(Allocation::id, Function.identity()));
  }

  /** Whether it was not refused. */
  private static boolean take(CallerSite site, Step step, AuditContext caller) {
    OwnerName name = step.request().name();
    try {
      switch (step.kind()) {
        case PUT -> {
          var unused = site.ownerCommands.allocate(step.request(), caller);
        }
        case BATCH -> {
          List<AllocationResult> results =
              site.ownerCommands.allocateAll(
                  List.of(step.request()), site.ownerCommands.runner(false), caller);
          return results.get(0).allocated().isPresent();
        }
        case DELETE -> site.ownerCommands.retire(name, Optional.empty(), false, caller);
        case DELETE_BY_ID -> site.ownerCommands.retire(name, step.stableId(), false, caller);
        case SUPERSEDE -> {
          var unused = site.ownerCommands.supersede(name, Optional.empty(), false, caller);
        }
        default -> {
          var unused = site.identityCommands.rebind(step.request(), false, caller);
        }
      }
      return true;
    } catch (Refused e) {
      return false;
    }
  }
}
