/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static io.cadastre.service.registry.CallerSite.TEST;
import static io.cadastre.service.registry.CallerSite.reinstating;
import static io.cadastre.service.registry.CallerSite.request;
import static io.cadastre.service.registry.Provisioners.ADMIN;
import static io.cadastre.service.registry.Provisioners.base;
import static io.cadastre.service.registry.Provisioners.pool;
import static io.cadastre.service.registry.Provisioners.prefix;
import static io.cadastre.service.registry.Provisioners.uids;
import static io.cadastre.service.registry.Provisioners.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.access.Bounds;
import io.cadastre.service.config.IdentitySource;
import io.cadastre.service.config.NameCase;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.failure.InvariantBroken;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.service.registry.AllocationResult.NotAllocated;
import io.cadastre.service.registry.AllocationResult.Outcome;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Pool;
import io.cadastre.subid.Strategy;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a provisioner may change, where callers say who an account is. */
class ScopeTest {
  private static final Pool OWN =
      new Pool(
          "own",
          Pool.DEFAULT_COUNT,
          List.of(new IdRange(536870912, 64 * Pool.DEFAULT_COUNT)),
          Strategy.NEXT_FREE,
          1000);
  private static final Optional<String> NONE = Optional.empty();

  private final TestLedger database = TestLedger.inMemory(TestLedger.poolOf("default", 64), OWN);
  private final CallerSite site = new CallerSite(database.ledger());

  @AfterEach
  void close() {
    database.close();
  }

  private static AllocateRequest account(String name, long uid, String stableId, String dn) {
    return new AllocateRequest(
        new OwnerName(name),
        NONE,
        Optional.of(
            new CallerIdentity(
                uid,
                uid,
                Optional.of(stableId).filter(id -> !id.isEmpty()),
                Optional.of(dn).filter(text -> !text.isEmpty()))));
  }

  private Allocation put(AllocateRequest request, AuditContext caller) {
    return site.ownerCommands.allocate(request, caller).allocation();
  }

  private void delete(String name, AuditContext caller) {
    site.ownerCommands.retire(new OwnerName(name), NONE, false, caller);
  }

  /** Asserts that the call is refused, with these words, and that nothing is changed. */
  private void assertOutOfScope(ThrowingCallable call, String... words) {
    long before = site.ledger.head().lastEvent();
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.code()).isEqualTo(RefusalCode.OUT_OF_SCOPE))
        .satisfies(
            e -> {
              for (String word : words) {
                assertThat(e).hasMessageContaining(word);
              }
            });
    assertThat(site.ledger.head().lastEvent()).isEqualTo(before);
  }

  @Test
  void withoutUidsNothingIsChanged() {
    put(request("zoe", 47001, "z"), TEST);
    AuditContext unbound = within(Bounds.NONE);

    assertOutOfScope(
        () -> put(request("yan", 47002, "y"), unbound),
        "hook is bound to no uids",
        "cadastre token make NAME --role provisioner --uids FIRST-LAST");
    assertOutOfScope(() -> put(request("zoe", 47001, "z"), unbound), "no uids");
    assertOutOfScope(() -> delete("zoe", unbound), "no uids");
  }

  @Test
  void ownOwnersAreAllocatedRenamedRetiredAndReinstated() {
    AuditContext hook = within(prefix());
    put(request("zoe", 47001, "a-z"), hook);
    put(request("zoe", 47001, "a-z"), hook);
    Allocation renamed = put(request("zoe-2", 47002, "a-z"), hook);
    delete("zoe-2", hook);

    Allocation back = put(reinstating(request("zoe-2", 47002, "a-z")), hook);

    assertThat(renamed.owner().name().value()).isEqualTo("zoe-2");
    assertThat(back.id()).isEqualTo(renamed.id());
    assertThat(back.state()).isEqualTo(AllocationState.ACTIVE);
  }

  @Test
  void theAccountOfTheRequestIsWithinTheBounds() {
    assertOutOfScope(
        () -> put(request("zoe", 46999, "a-z"), within(uids())),
        "hook is bound to uids 47000-47999",
        "the request for zoe has the uid 46999");
    assertOutOfScope(() -> put(request("zoe", 48000, "a-z"), within(uids())), "the uid 48000");
    assertOutOfScope(
        () -> put(request("zoe", 47001, "b-z"), within(prefix())),
        "stable ids that begin with a-",
        "the stable id b-z");
    assertOutOfScope(
        () -> put(request("zoe", 47001, "caller:a-z"), within(prefix())), "caller:a-z");
    assertOutOfScope(() -> put(account("a-zoe", 47001, "", ""), within(prefix())), "no stable id");
    assertOutOfScope(() -> put(request("zoe", 47001, "z"), within(base())), "has no DN");
    assertOutOfScope(
        () -> put(request("zoe", 47001, "z"), within(pool())),
        "pool own",
        "a range of pool default");
    assertThat(
            put(request("zoe", 47001, Optional.of("z"), Optional.of("own")), within(pool())).pool())
        .contains("own");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "uid=zoe,ou=people,dc=example,dc=org",
        "UID=zoe, OU=Staff , ou = People,DC=EXAMPLE,dc=org",
        "uid=zoe,ou=pe\\6fple,dc=example,dc=org",
        "OU=PEOPLE,DC=example,DC=org",
      })
  void aDnAtOrBelowTheBaseIsWithinIt(String dn) {
    assertThat(put(account("zoe", 47001, "z", dn), within(base())).owner().dn()).contains(dn);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "uid=zoe,ou=people2,dc=example,dc=org",
        "uid=zoe\\,ou=people,dc=example,dc=org",
        "uid=zoe,ou=people,dc=example,dc=org,dc=evil",
        "cn=\"uid=zoe,ou=people,dc=example,dc=org\"",
        "uid=zoe,ou=people+x=1,dc=example,dc=org",
        "dc=example,dc=org",
        "ou=people, dc=example,dc=org ",
        "no dn",
      })
  void aDnBesideTheBaseIsNot(String dn) {
    if (dn.endsWith(" ")) {
      // trailing space is no part of the last value: the same DN
      assertThat(put(account("zoe", 47001, "z", dn), within(base())).owner().dn()).isPresent();
    } else {
      assertOutOfScope(() -> put(account("zoe", 47001, "z", dn), within(base())), dn);
    }
  }

  /** An entry under the DN of another account would take the place of that account's entry. */
  @Test
  void withoutABaseNoDnIsSentOrTakenAway() {
    String dn = "uid=victim,ou=people,dc=example,dc=org";
    assertOutOfScope(
        () -> put(account("zoe", 47001, "z", dn), within(uids())), "accounts without a DN", dn);
    put(account("victim", 47002, "v", dn), ADMIN);
    assertOutOfScope(() -> put(request("victim", 47002, "v"), within(uids())), dn);
    assertOutOfScope(() -> delete("victim", within(uids())), dn);
  }

  /** However it is written. */
  @Test
  void theDnOfAnOwnerOutsideIsNotTaken() {
    AuditContext hook = within(base());
    put(account("victim", 1001, "v", "uid=victim,ou=people,dc=example,dc=org"), ADMIN);
    put(account("zoe", 47001, "z", "uid=zoe,ou=people,dc=example,dc=org"), hook);

    for (String dn :
        List.of(
            "uid=victim,ou=people,dc=example,dc=org",
            "UID=v\\69ctim, OU=people,dc=example,dc=org",
            // other names of the attribute, and what RFC 4518 takes for the same value
            "userid=victim,ou=people,dc=example,dc=org",
            "0.9.2342.19200300.100.1.1=victim,ou=people,dc=example,dc=org",
            "uid=\uff56ictim,ou=people,dc=example,dc=org",
            "uid=vic\u00adtim,ou=people,dc=example,dc=org",
            "uid=\\ victim\\ ,ou=people,dc=example,dc=org",
            "uid=VICTIM+userid=victim,ou=people,dc=example,dc=org")) {
      assertOutOfScope(() -> put(account("eve", 47002, "e", dn), hook), dn, "another owner");
      assertOutOfScope(() -> put(account("zoe", 47001, "z", dn), hook), dn, "another owner");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "uids, 1001, a-v, ''",
    "prefix, 47009, v, ''",
    "prefix, 47009, '', ''",
    "base, 47009, a-v, 'uid=v,ou=other,dc=example,dc=org'",
    "base, 47009, a-v, ''",
    "pool, 47009, a-v, ''",
  })
  void anotherOwnerIsNotTouched(String bound, long uid, String stableId, String dn) {
    AuditContext hook = within(bounds(bound));
    put(account("victim", uid, stableId, dn), ADMIN);
    List<Allocation> before = site.ledger.read(LedgerQueries::all);
    String own = "uid=x,ou=people,dc=example,dc=org";
    String ownDn = bound.equals("base") ? own : "";
    String pool = bound.equals("pool") ? "own" : "default";
    for (boolean reinstate : new boolean[] {false, true}) {
      for (AllocateRequest request :
          List.of(
              account("victim", uid, stableId, dn),
              account("victim", 47001, "a-new", ownDn),
              account("x", uid, "a-new", ownDn),
              account("x", 47001, stableId, ownDn),
              account("victim", uid, "a-new", ownDn),
              account("victim", 47001, "", ownDn))) {
        if (request.identity().orElseThrow().stableId().isEmpty()
            && request.name().value().equals("x")) {
          continue; // an account of its own
        }
        assertOutOfScope(
            () ->
                put(
                    new AllocateRequest(
                        request.name(), Optional.of(pool), request.identity(), reinstate),
                    hook));
      }
    }
    assertOutOfScope(() -> delete("victim", hook));
    assertOutOfScope(
        () ->
            site.ownerCommands.retire(
                new OwnerName("victim"),
                Optional.of(stableId.isEmpty() ? uid + ":victim" : stableId),
                false,
                hook));
    assertThat(site.ledger.read(LedgerQueries::all)).isEqualTo(before);
  }

  private static Bounds bounds(String name) {
    return switch (name) {
      case "uids" -> uids();
      case "prefix" -> prefix();
      case "base" -> base();
      default -> pool();
    };
  }

  /** Not even within the bounds: the owner's containers would stop. */
  @Test
  void withholdingTakesAnAdmin() {
    AuditContext hook = within(uids());
    put(request("zoe", 47001, "z"), hook);
    put(request("yan", 47002, "y"), hook);

    assertOutOfScope(
        () -> put(request("eve", 47001, "e"), hook),
        "the uid 47001 belongs to another owner",
        "takes an admin",
        "cadastre owner 47001");
    assertOutOfScope(
        () -> put(request("zoe", 47003, "e"), hook), "the name zoe", "cadastre owner zoe");
    assertOutOfScope(() -> put(request("zoe", 47002, "y"), hook), "the name zoe");
    assertOutOfScope(() -> put(request("yan", 47001, "y"), hook), "the uid 47001");
    delete("yan", hook);
    assertOutOfScope(() -> put(reinstating(request("zoe", 47002, "y")), hook), "the name zoe");

    put(request("eve", 47001, "e"), ADMIN);
    assertThat(site.present("zoe").state()).isEqualTo(AllocationState.WITHHELD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"retired", "withheld", "superseded"})
  void theNameOfAnOwnerOutsideStaysItsOwn(String state) {
    AuditContext hook = within(uids());
    put(request("victim", 1001, "v"), ADMIN);
    switch (state) {
      case "retired" -> delete("victim", ADMIN);
      case "withheld" -> put(request("heir", 1001, "h"), ADMIN);
      default -> {
        var unused =
            site.ownerCommands.supersede(new OwnerName("victim"), Optional.empty(), false, ADMIN);
      }
    }
    assertOutOfScope(() -> put(request("victim", 47001, "e"), hook), "victim has the uid 1001");
    put(request("zoe", 47002, "z"), hook);
    assertOutOfScope(() -> put(request("victim", 47002, "z"), hook), "victim has the uid 1001");
    assertOutOfScope(() -> delete("victim", hook), "the uid 1001 in the ledger");
  }

  /** An owner who moved away from the bounds is another hook's, former names included. */
  @Test
  void anOwnerWhoMovedAwayIsOutside() {
    AuditContext hook = within(uids());
    put(request("zoe", 47001, "z"), hook);
    put(request("zoe-2", 1001, "z"), ADMIN);

    assertOutOfScope(() -> put(request("zoe", 47001, "z"), hook), "zoe-2 has the uid 1001");
    assertOutOfScope(() -> delete("zoe-2", hook), "the uid 1001");
    delete("zoe-2", ADMIN);
    assertOutOfScope(() -> delete("zoe", hook), "the uid 1001");
    assertOutOfScope(
        () -> site.ownerCommands.retire(new OwnerName("zoe"), Optional.of("z"), true, hook));
  }

  @Test
  void whatAnAdminRetiredAnAdminReinstates() {
    AuditContext hook = within(uids());
    AllocateRequest back = reinstating(request("zoe", 47001, "z"));
    put(request("zoe", 47001, "z"), hook);
    delete("zoe", ADMIN);

    assertOutOfScope(
        () -> put(back, hook),
        "zoe (uid 47001) was retired at 20",
        "by the role admin",
        "cadastre-provision --reinstate --uid 47001 --gid 47001 --stable-id z -- zoe");
    // a retirement that is repeated is none
    delete("zoe", hook);
    assertOutOfScope(() -> put(back, hook), "by the role admin");

    put(back, ADMIN);
    delete("zoe", hook);
    assertThat(put(back, hook).state()).isEqualTo(AllocationState.ACTIVE);
    delete("zoe", TEST);
    assertOutOfScope(() -> put(back, hook), "without a role, which counts as an admin's");
  }

  /** What an admin withheld does not come back by way of a retirement either. */
  @Test
  void whatAnAdminWithheldAnAdminRestores() {
    AuditContext hook = within(uids());
    put(request("zoe", 47001, "z"), hook);
    put(request("eve", 47001, "e"), ADMIN);
    put(request("eve", 47005, "e"), ADMIN);
    AllocateRequest back = reinstating(request("zoe", 47001, "z"));

    assertOutOfScope(() -> put(back, hook), "was withheld at 20", "by the role admin");
    delete("zoe", hook);
    assertOutOfScope(() -> put(back, hook), "by the role admin");
    assertThat(put(back, ADMIN).state()).isEqualTo(AllocationState.ACTIVE);
  }

  /** Rebinding and superseding are an admin's; what counts is the present range. */
  @Test
  void theLastRetirementCountsAcrossRebindingAndSuperseding() {
    AuditContext hook = within(uids());
    put(request("zoe", 47001, "z"), hook);
    delete("zoe", ADMIN);
    var unused = site.identityCommands.rebind(request("zoe", 47001, "z2"), false, ADMIN);
    AllocateRequest back = reinstating(request("zoe", 47001, "z2"));
    assertOutOfScope(() -> put(back, hook), "by the role admin");

    site.ownerCommands.supersede(new OwnerName("zoe"), Optional.empty(), false, ADMIN);
    delete("zoe", hook);

    assertThat(put(back, hook).state()).isEqualTo(AllocationState.ACTIVE);
  }

  /** The log lost the retirement: the directory alone knew of it. */
  @Test
  void aRetirementThatNoEventShowsIsAnAdmins() {
    AuditContext hook = within(uids());
    Allocation zoe = put(request("zoe", 47001, "z"), hook);
    site.ledger.change(
        transaction ->
            transaction.adopt(
                zoe.withState(AllocationState.RETIRED).withSerial(9),
                OWN.slotOf(zoe.uidRange()),
                9,
                TEST));
    assertOutOfScope(() -> put(reinstating(request("zoe", 47001, "z")), hook), "without a role");
  }

  @Test
  void aBatchRefusesTheRowsOutsideAndNoOther() {
    AuditContext hook = within(uids());
    put(request("victim", 1001, "v"), ADMIN);
    put(request("zoe", 47001, "z"), hook);

    List<AllocationResult> results =
        site.ownerCommands.allocateAll(
            List.of(
                request("yan", 47002, "y"),
                request("victim", 1001, "v"),
                request("eve", 47001, "e"),
                request("eve", 47003, "v"),
                request("ann", 47004, "a"),
                request("ann", 47005, "a2")),
            site.ownerCommands.runner(false),
            hook);

    assertThat(results)
        .extracting(
            result ->
                result instanceof NotAllocated refused
                    ? refused.reason().code().word()
                    : result.allocated().map(a -> a.outcome().word()).orElse("?"))
        .containsExactly(
            Outcome.CREATED.word(),
            "out-of-scope",
            "out-of-scope",
            "out-of-scope",
            Outcome.CREATED.word(),
            "out-of-scope");
    assertThat(site.present("victim").state()).isEqualTo(AllocationState.ACTIVE);
    assertThat(site.present("zoe").state()).isEqualTo(AllocationState.ACTIVE);
  }

  /**
   * Where names are lowered, the ledger may still have one as an earlier configuration spelt it.
   */
  @Test
  void aNameInAnotherCaseIsTaken() {
    put(request("Zoe", 1001, "z"), ADMIN);
    OwnerCommands lowered =
        new OwnerCommands(
            site.ledger,
            new Identities(IdentitySource.CALLER, Accounts.none(), NameCase.LOWER),
            new Publisher(site.ledger, Optional.empty(), site.gate),
            site.gate,
            AdmissionRules.byDefault());
    AuditContext hook = within(uids());

    assertOutOfScope(() -> lowered.allocate(request("zoe", 47001, "e"), hook), "Zoe");
    assertOutOfScope(() -> lowered.allocate(request("ZOE", 47001, "e"), hook), "Zoe");
    assertOutOfScope(() -> lowered.retire(new OwnerName("ZOE"), NONE, false, hook), "Zoe");
    List<AllocationResult> batch =
        lowered.allocateAll(List.of(request("zoE", 47001, "e")), lowered.runner(false), hook);
    assertThat(batch).singleElement().isInstanceOf(NotAllocated.class);
  }

  /** The last check: a command that forgets the scope changes nothing. */
  @Test
  void theLedgerRollsBackAChangeThatNoScopeAllows() {
    Allocation zoe = put(request("zoe", 47001, "z"), ADMIN);
    long before = site.ledger.head().lastEvent();
    AuditContext hook = within(uids());
    assertThatThrownBy(
            () ->
                site.ledger.change(
                    t ->
                        t.change(
                            zoe, zoe.withState(AllocationState.RETIRED), EventKind.RETIRE, hook)))
        .isInstanceOf(InvariantBroken.class);
    assertThatThrownBy(
            () ->
                site.ledger.change(
                    t -> {
                      t.guard().allow(new Scope(hook, false, NameCase.PRESERVE)::allows);
                      return t.change(
                          zoe, zoe.withState(AllocationState.WITHHELD), EventKind.WITHHOLD, hook);
                    }))
        .isInstanceOf(InvariantBroken.class);
    assertThatThrownBy(
            () ->
                site.ledger.change(
                    t -> {
                      t.note(EventKind.ACCEPT_LOSS, List.of(), hook);
                      return true;
                    }))
        .isInstanceOf(InvariantBroken.class);
    assertThat(site.ledger.head().lastEvent()).isEqualTo(before);
  }
}
