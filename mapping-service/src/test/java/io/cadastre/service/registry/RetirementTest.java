/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static io.cadastre.service.registry.CallerSite.TEST;
import static io.cadastre.service.registry.CallerSite.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.config.NameCase;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.Event;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.service.registry.AllocationResult.NotAllocated;
import io.cadastre.service.registry.AllocationResult.Outcome;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdType;
import io.cadastre.subid.OwnerName;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A retirement stands, and means the right owner; former names find their last owner. */
class RetirementTest {
  private final TestLedger database = TestLedger.inMemory();
  private final CallerSite site = new CallerSite(database.ledger());

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void retiredOwnerGetsTheRangeBackOnlyByARequestThatSaysSo() {
    Allocation zoe = site.allocate("zoe", 1001, "z").allocation();
    site.retire("zoe");
    LedgerHead retired = site.ledger.head();

    refused(RefusalCode.OWNER_RETIRED, () -> site.allocate("zoe", 1001, "z"));
    refused(RefusalCode.OWNER_RETIRED, () -> site.allocate("zoe-smith", 1002, "z"));
    List<AllocationResult> lines =
        site.ownerCommands.allocateAll(
            List.of(request("zoe", 1001, "z")), site.ownerCommands.runner(false), TEST);
    assertThat(((NotAllocated) lines.get(0)).reason().code()).isEqualTo(RefusalCode.OWNER_RETIRED);
    assertThat(site.ledger.head()).isEqualTo(retired);

    assertThat(site.reinstate("zoe", 1001, "z").outcome()).isEqualTo(Outcome.REINSTATED);
    assertThat(site.present("zoe").uidRange()).isEqualTo(zoe.uidRange());
  }

  @Test
  void requestThatSaysSoAllocatesAsAnyOtherWhereNobodyIsRetired() {
    assertThat(site.reinstate("zoe", 1001, "z").outcome()).isEqualTo(Outcome.CREATED);
    assertThat(site.reinstate("zoe", 1001, "z").outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  void withheldOwnerComesBackByAnyRequest() {
    Allocation zoe = site.allocate("zoe", 1001, "z").allocation();
    site.allocate("zoe", 1002, "y");
    assertThat(stateOf(zoe)).isEqualTo(AllocationState.WITHHELD);

    assertThat(site.allocate("zoe-smith", 1001, "z").outcome()).isEqualTo(Outcome.REINSTATED);
  }

  /** The new zoe never got a range, and left: the old one, now zoe-smith, must not be retired. */
  @Test
  void formerNameRetiresNobody() {
    Allocation zoe = site.allocate("zoe", 1001, "z").allocation();
    site.allocate("zoe-smith", 1001, "z");
    LedgerHead before = site.ledger.head();

    assertThatThrownBy(() -> site.retire("zoe"))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.code()).isEqualTo(RefusalCode.OWNER_RENAMED))
        .hasMessageContaining("cadastre retire zoe-smith");
    assertThat(site.ledger.head()).isEqualTo(before);

    site.retire("zoe-smith");
    LedgerHead retired = site.ledger.head();
    site.retire("zoe");
    assertThat(site.ledger.head()).isEqualTo(retired);
    assertThat(stateOf(zoe)).isEqualTo(AllocationState.RETIRED);
  }

  @Test
  void stableIdRetiresTheOwnerMeantAmongAllWhoHadTheName() {
    Allocation first = site.allocate("zoe", 1001, "first").allocation();
    site.allocate("zoe-smith", 1001, "first");
    Allocation second = site.allocate("zoe", 1002, "second").allocation();

    refused(RefusalCode.UNKNOWN_OWNER, () -> retire("zoe", "third"));
    refused(RefusalCode.UNKNOWN_OWNER, () -> retire("zoe-smith", "second"));
    retire("zoe", "first");
    assertThat(stateOf(first)).isEqualTo(AllocationState.RETIRED);
    assertThat(stateOf(second)).isEqualTo(AllocationState.ACTIVE);

    retire("zoe", "caller:second");
    assertThat(stateOf(second)).isEqualTo(AllocationState.RETIRED);
  }

  @Test
  void reasonOfARetirementIsInItsEvent() {
    site.allocate("zoe", 1001, "z");
    site.ownerCommands.retire(
        new OwnerName("zoe"),
        Optional.empty(),
        false,
        new AuditContext("test", Optional.empty(), Optional.of("left in March")));

    assertThat(site.history("zoe"))
        .last()
        .satisfies(event -> assertThat(event.kind()).isEqualTo("retire"))
        .satisfies(event -> assertThat(event.reason()).contains("left in March"));
  }

  @Test
  void formerNameFindsThePresentHolderFirstThenTheLastOne() {
    Allocation first = site.allocate("zoe", 1001, "first").allocation();
    site.allocate("zoe-smith", 1001, "first");
    assertThat(site.present("zoe").id()).isEqualTo(first.id());
    Allocation second = site.allocate("zoe", 1002, "second").allocation();
    assertThat(site.present("zoe").id()).isEqualTo(second.id());
    site.allocate("zoe-jones", 1002, "second");

    assertThat(site.present("zoe").id()).isEqualTo(second.id());
    assertThat(site.ownerQueries.owner("zoe").owner().name()).isEqualTo(new OwnerName("zoe-jones"));
  }

  @Test
  void formerNameHasNoRange() {
    Allocation zoe = site.allocate("zoe", 1001, "z").allocation();
    site.allocate("zoe-smith", 1001, "z");

    refused(
        RefusalCode.UNKNOWN_OWNER,
        () -> site.ownerQueries.contains("zoe", IdType.SUBUID, zoe.uidRange()));
    assertThat(site.ownerQueries.contains("zoe-smith", IdType.SUBUID, zoe.uidRange())).isTrue();
  }

  @Test
  void eventsOfAnOwnerAreThoseUnderAllNames() {
    site.allocate("zoe", 1001, "z");
    site.allocate("zoe-smith", 1001, "z");
    site.ownerCommands.supersede(new OwnerName("zoe-smith"), Optional.empty(), false, TEST);
    site.allocate("yan", 1002, "y");

    for (String name : List.of("zoe", "zoe-smith")) {
      assertThat(eventsOf(name, 0, 9))
          .extracting(Event::kind)
          .containsExactly("allocate", "follow", "supersede", "allocate");
    }
    EventPage page =
        new AuditLogQueries(site.ledger, NameCase.PRESERVE)
            .after(0, EventOwner.named(new OwnerName("zoe")), 2);
    assertThat(page.events()).extracting(Event::kind).containsExactly("allocate", "follow");
    assertThat(eventsOf("zoe", page.next().orElseThrow(), 2))
        .extracting(Event::kind)
        .containsExactly("supersede", "allocate");
    assertThat(eventsOf("nobody", 0, 9)).isEmpty();
  }

  private List<Event> eventsOf(String name, long after, int limit) {
    return new AuditLogQueries(site.ledger, NameCase.PRESERVE)
        .after(after, EventOwner.named(new OwnerName(name)), limit)
        .events();
  }

  private void retire(String name, String stableId) {
    site.ownerCommands.retire(new OwnerName(name), Optional.of(stableId), false, TEST);
  }

  private AllocationState stateOf(Allocation allocation) {
    return site.ledger.read(queries -> queries.byId(allocation.id()).orElseThrow().state());
  }

  private static void refused(RefusalCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo(code));
  }
}
