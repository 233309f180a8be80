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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import net.jqwik.api.Tuple;
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

    /** The same account without a DN, unless it has one of the uids. */
    Step mostlyWithoutDn() {
      CallerIdentity account = request.identity().orElseThrow();
      return account.uidNumber() == 47002
          ? this
          : new Step(
              kind,
              ofAdmin,
              new AllocateRequest(
                  request.name(),
                  request.pool(),
                  Optional.of(
                      new CallerIdentity(
                          account.uidNumber(),
                          account.gidNumber(),
                          account.stableId(),
                          Optional.empty())),
                  request.reinstate()));
    }
  }

  /** Few names, uids, ids and DNs, so that requests meet each other; a few are outside. */
  @Provide
  Arbitrary<AllocateRequest> requests() {
    return Combinators.combine(
            Arbitraries.of("zoe", "yan", "ann", "bob"),
            Arbitraries.of(47000L, 47001L, 47002L, 1000L),
            Arbitraries.of("a-1", "a-2", "a-3", "a-4", "b-1", "").map(Optional::of),
            Arbitraries.of("uid=1," + BASE, "uid=2," + BASE, "uid=3," + BASE, "uid=1,ou=x", "")
                .map(Optional::of),
            Arbitraries.of("own", "own", "own", "own", "other"),
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
            Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.just(Kind.PUT)),
                Tuple.of(6, Arbitraries.of(Kind.values()))),
            Arbitraries.integers().between(0, 2),
            requests())
        .as(
            (kind, by, request) ->
                new Step(kind, by == 0 || kind.compareTo(Kind.SUPERSEDE) >= 0, request))
        .list()
        .ofMinSize(10)
        .ofMaxSize(60);
  }

  @Property(tries = 40)
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
      Set<UUID> closedByAdmin = new HashSet<>();
      for (Step random : history) {
        Step step = onlyUids ? random.mostlyWithoutDn() : random;
        Map<UUID, Allocation> before = rows(site);

        take(site, step, step.ofAdmin() ? ADMIN : hook);

        Map<UUID, Allocation> after = rows(site);
        if (step.ofAdmin()) {
          after.values().stream()
              .filter(row -> !row.equals(before.get(row.id())))
              .forEach(
                  row -> {
                    if (row.state() == AllocationState.ACTIVE) {
                      closedByAdmin.remove(row.id());
                    } else {
                      closedByAdmin.add(row.id());
                    }
                  });
        } else {
          Statistics.label("a provisioner's requests")
              .collect(before.equals(after) ? "nothing" : "changed")
              .coverage(found -> found.check("changed").percentage(p -> p > 8.0));
          requireKept(before, after, onlyUids);
          assertThat(closedByAdmin)
              .allSatisfy(
                  id -> assertThat(after.get(id).state()).isNotEqualTo(AllocationState.ACTIVE));
        }
      }
    }
  }

  private static void requireKept(
      Map<UUID, Allocation> before, Map<UUID, Allocation> after, boolean onlyUids) {
    List<Allocation> changed =
        after.values().stream().filter(row -> !row.equals(before.get(row.id()))).toList();
    assertThat(after.keySet()).containsAll(before.keySet());
    assertThat(changed).hasSizeLessThanOrEqualTo(1);
    for (Allocation row : changed) {
      assertThat(isInside(row, onlyUids)).as("%s", row).isTrue();
      Optional.ofNullable(before.get(row.id()))
          .ifPresent(was -> assertThat(isInside(was, onlyUids)).as("%s", was).isTrue());
      assertThat(row.state()).isIn(AllocationState.ACTIVE, AllocationState.RETIRED);
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

  private static void take(CallerSite site, Step step, AuditContext caller) {
    OwnerName name = step.request().name();
    try {
      switch (step.kind()) {
        case PUT -> {
          var unused = site.ownerCommands.allocate(step.request(), caller);
        }
        case BATCH -> {
          var unused =
              site.ownerCommands.allocateAll(
                  List.of(step.request()), site.ownerCommands.runner(false), caller);
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
    } catch (Refused e) {
      // a refused step changes nothing; the next one follows
    }
  }
}
