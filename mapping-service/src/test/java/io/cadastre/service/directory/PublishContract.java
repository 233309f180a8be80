/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import static io.cadastre.service.directory.TestAllocations.active;
import static io.cadastre.service.directory.TestAllocations.allocation;
import static io.cadastre.service.directory.TestAllocations.in;
import static io.cadastre.service.directory.TestAllocations.named;
import static io.cadastre.service.directory.TestAllocations.ownedBy;
import static io.cadastre.service.directory.TestAllocations.owner;
import static io.cadastre.service.directory.TestAllocations.state;
import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import io.cadastre.schema.Profile;
import io.cadastre.service.directory.PublishedEntry.Foreign;
import io.cadastre.service.directory.PublishedEntry.Ours;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of publishing, for every server. */
abstract class PublishContract {
  private PublishDirectory publish;

  abstract TestServer server();

  @BeforeEach
  void open() {
    server().clear();
    publish = server().publish(Profile.GENERIC);
  }

  @AfterEach
  void close() {
    publish.close();
  }

  private void published(OwnerState... states) {
    assertThat(publish.publish(List.of(states))).isEmpty();
    for (OwnerState state : states) {
      List<PublishedEntry> ofOwner =
          publish.entries().stream()
              .filter(
                  e ->
                      e instanceof Ours o
                          && state.allocations().stream()
                              .anyMatch(a -> a.id().equals(o.allocation().id())))
              .toList();
      assertThat(publish.differs(state, ofOwner)).isFalse();
    }
  }

  /** Returns the allocations that can be rebuilt from LDAP alone. */
  private List<Allocation> rebuilt() {
    return publish.entries().stream().map(e -> ((Ours) e).allocation()).toList();
  }

  /** Only the entry of an active allocation names the account. */
  private static Allocation shown(Allocation a) {
    return a.state() == AllocationState.ACTIVE ? a : a.withOwner(withoutDn(a.owner()));
  }

  private static String activeDn(int slot) {
    return "subUidNumber=" + active(slot).uidRange().start() + "," + Slapd.SUBIDS;
  }

  private static String retiredDn(int slot) {
    return "cadastreAllocationId=" + active(slot).id() + "," + Slapd.RETIRED;
  }

  private String written(String dn) {
    return server().entry(dn).map(Entry::toLDIFString).orElse("");
  }

  @ParameterizedTest
  @EnumSource
  void allocationsAreRebuiltFromTheEntriesAlone(Profile profile) {
    List<OwnerState> states = new ArrayList<>();
    AllocationState[] all = AllocationState.values();
    for (int i = 0; i < 40; i++) {
      states.add(state(in(all[i % all.length], active(i))));
    }
    Allocation imported =
        new Allocation(
            active(900).id(),
            owner(900),
            Optional.empty(),
            new IdRange(100_000, 65_536),
            new IdRange(231_072, 1_000),
            AllocationState.ACTIVE,
            7);
    states.add(state(imported));
    try (PublishDirectory other = server().publish(profile)) {
      assertThat(other.publish(states)).isEmpty();
      List<Allocation> expected =
          states.stream()
              .flatMap(s -> s.allocations().stream())
              .map(PublishContract::shown)
              .toList();
      assertThat(other.entries())
          .allMatch(Ours.class::isInstance)
          .extracting(e -> ((Ours) e).allocation())
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void publishingAgainChangesNothing() {
    OwnerState state = state(active(1));
    published(state);
    String before = written(activeDn(1));
    published(state);
    assertThat(written(activeDn(1))).isEqualTo(before).isNotEmpty();
    assertThat(rebuilt()).hasSize(1);
  }

  @Test
  void manyNewOwnersArePublishedInOneCall() {
    List<OwnerState> states = IntStream.range(0, 500).mapToObj(i -> state(active(i))).toList();
    assertThat(publish.publish(states)).isEmpty();
    assertThat(rebuilt()).hasSize(500);
  }

  @Test
  void entryFollowsTheRenameAndMoveOfItsOwner() {
    published(state(active(1)));
    Allocation renamed = ownedBy(named("zara", owner(1)), active(1));
    published(state(renamed));
    assertThat(rebuilt()).containsExactly(renamed);
    assertThat(server().entry(activeDn(1)).orElseThrow().getAttributeValue("subidRangeOwner"))
        .isEqualTo("uid=zara," + Slapd.PEOPLE);
    Owner o = owner(1);
    Allocation moved =
        ownedBy(
            new Owner(
                o.stableId(), o.name(), 77, 78, Optional.of("uid=user1,ou=staff," + Slapd.SUFFIX)),
            renamed);
    published(state(moved));
    assertThat(rebuilt()).containsExactly(moved);
  }

  @ParameterizedTest
  @EnumSource(names = {"RETIRED", "WITHHELD"})
  void retiringHidesTheEntryFromSssdAndReinstatingShowsIt(AllocationState state) {
    Allocation active = active(1);
    published(state(active));
    published(state(in(state, active)));
    assertThat(server().entry(activeDn(1))).isEmpty();
    Entry retired = server().entry(retiredDn(1)).orElseThrow();
    assertThat(retired.getObjectClassValues())
        .containsExactlyInAnyOrder("top", "cadastreRetiredRange", "cadastreAllocation");
    assertThat(rebuilt()).containsExactly(shown(in(state, active)));
    assertThat(retired.hasAttribute("subidRangeOwner")).isFalse();
    published(state(active));
    assertThat(server().entry(retiredDn(1))).isEmpty();
    assertThat(rebuilt()).containsExactly(active);
  }

  @Test
  void supersededRangeKeepsItsEntryBesideTheNewOne() {
    Allocation first = active(1);
    published(state(first));
    Allocation closed = in(AllocationState.SUPERSEDED, first);
    Allocation second = allocation(2, owner(1), AllocationState.ACTIVE);
    published(state(closed, second));
    assertThat(rebuilt()).containsExactlyInAnyOrder(shown(closed), second);
    Allocation third = allocation(3, owner(1), AllocationState.ACTIVE);
    published(state(closed, in(AllocationState.SUPERSEDED, second), third));
    assertThat(rebuilt()).hasSize(3);
    assertThat(server().entry(activeDn(2))).isEmpty();
    assertThat(server().entry(activeDn(3))).isPresent();
  }

  @Test
  void reboundOwnersEntryGetsTheNewStableId() {
    published(state(active(1)));
    Owner o = owner(1);
    Allocation rebound =
        ownedBy(
            new Owner("entryUUID:new", o.name(), o.uidNumber(), o.gidNumber(), o.dn()), active(1));
    published(state(rebound));
    assertThat(rebuilt()).containsExactly(rebound);
  }

  @Test
  void newOwnerIsPublishedUnderTheDnThatAnotherGivesUp() {
    published(state(active(1)));
    Owner newcomer = named("user1", owner(2));
    Allocation newAllocation = allocation(2, newcomer, AllocationState.ACTIVE);
    published(state(newAllocation), state(in(AllocationState.WITHHELD, active(1))));
    assertThat(rebuilt())
        .containsExactlyInAnyOrder(newAllocation, shown(in(AllocationState.WITHHELD, active(1))));
  }

  @Test
  void twoOwnersMaySwapTheirNames() {
    published(state(active(1)), state(active(2)));
    Allocation one = ownedBy(named("user2", owner(1)), active(1));
    Allocation two = ownedBy(named("user1", owner(2)), active(2));
    published(state(one), state(two));
    assertThat(rebuilt()).containsExactlyInAnyOrder(one, two);
  }

  @Test
  void foreignEntryIsReportedAndNotTouched() {
    Entry foreign = foreign(5);
    TestTree.as(server().root(), c -> c.add(foreign));
    String before = written(foreign.getDN());
    published(state(active(1)));
    List<Foreign> found =
        publish.entries().stream()
            .filter(Foreign.class::isInstance)
            .map(Foreign.class::cast)
            .toList();
    IdRange range = active(5).uidRange();
    assertThat(found)
        .containsExactly(
            new Foreign(
                foreign.getDN(),
                List.of(range),
                List.of(range),
                Optional.empty(),
                Optional.empty()));
    List<PublishFailure> failures = publish.publish(List.of(state(active(5)), state(active(6))));
    assertThat(failures).extracting(PublishFailure::stableId).containsExactly(owner(5).stableId());
    assertThat(failures.get(0).reason()).contains("exists");
    assertThat(written(foreign.getDN())).isEqualTo(before);
  }

  private static Entry foreign(int slot) {
    Entry entry = new Entry(activeDn(slot));
    entry.addAttribute("objectClass", "top", "subordinateIdEntry");
    String start = Long.toString(active(slot).uidRange().start());
    entry.addAttribute("subUidNumber", start);
    entry.addAttribute("subUidCount", "16384");
    entry.addAttribute("subGidNumber", start);
    entry.addAttribute("subGidCount", "16384");
    entry.addAttribute("subidRangeOwner", "uid=another," + Slapd.PEOPLE);
    return entry;
  }

  @Test
  void editedEntryIsDriftAndIsRepaired() {
    published(state(active(1)));
    TestTree.as(
        server().root(),
        c ->
            c.modify(
                activeDn(1),
                new Modification(ModificationType.REPLACE, "subUidCount", "131072"),
                new Modification(ModificationType.REPLACE, "cadastrePool", "other")));
    assertThat(publish.differs(state(active(1)), publish.entries())).isTrue();
    published(state(active(1)));
    assertThat(rebuilt()).containsExactly(active(1));
  }

  @Test
  void unreadableEntryIsAFindingAndIsRepaired() {
    published(state(active(1)));
    TestTree.as(
        server().root(),
        c ->
            c.modify(
                activeDn(1), new Modification(ModificationType.REPLACE, "cadastreState", "lost")));
    assertThat(publish.entries())
        .singleElement()
        .satisfies(
            e -> {
              assertThat(((Foreign) e).finding().orElseThrow().rule())
                  .isEqualTo("entry-unreadable");
              assertThat(((Foreign) e).uidRanges()).containsExactly(active(1).uidRange());
            });
    assertThat(publish.differs(state(active(1)), publish.entries())).isTrue();
    published(state(active(1)));
    assertThat(rebuilt()).containsExactly(active(1));
  }

  @Test
  void missingEntryIsDrift() {
    assertThat(publish.differs(state(active(1)), List.of())).isTrue();
  }

  @Test
  void entryOfTheOwnerUnknownToTheLedgerIsNeitherDeletedNorOverwritten() {
    published(state(active(1)));
    Allocation other = allocation(2, owner(1), AllocationState.ACTIVE);
    List<PublishFailure> failures = publish.publish(List.of(state(other), state(active(3))));
    assertThat(failures).extracting(PublishFailure::stableId).containsExactly(owner(1).stableId());
    assertThat(failures.get(0).reason()).contains("the ledger does not know");
    assertThat(rebuilt()).contains(active(1)).doesNotContain(other);
  }

  @Test
  void ownerWithoutADnHasNoEntry() {
    assertThat(publish.publish(List.of(state(ownedBy(withoutDn(owner(1)), active(1)))))).isEmpty();
    assertThat(publish.entries()).isEmpty();
  }

  @Test
  void ownerWithoutADnAnyMoreLosesTheEntry() {
    published(state(active(1)));
    Allocation without = ownedBy(withoutDn(owner(1)), active(1));
    assertThat(publish.differs(state(without), publish.entries())).isTrue();
    assertThat(publish.publish(List.of(state(without)))).isEmpty();
    assertThat(publish.entries()).isEmpty();
    assertThat(publish.differs(state(without), publish.entries())).isFalse();
  }

  @Test
  void newerEntryIsNotChanged() {
    Allocation newer = ownedBy(named("newer", owner(1)), active(1)).withRevision(8);
    published(state(newer));
    List<PublishFailure> failures = publish.publish(List.of(state(active(1).withRevision(7))));
    assertThat(failures)
        .singleElement()
        .satisfies(f -> assertThat(f.reason()).contains("revision 8, which is newer"))
        .satisfies(f -> assertThat(f.isDirectoryWide()).isFalse());
    assertThat(rebuilt()).containsExactly(newer);
  }

  @Test
  void refusedEntryIsWrittenAgainWhateverRevisionItShows() {
    published(state(active(1).withRevision(8)));
    publish.passOver(Set.of(DnText.of(activeDn(1))));
    Allocation right = active(1).withRevision(7);
    assertThat(publish.publish(List.of(state(right)))).isEmpty();
    assertThat(rebuilt()).containsExactly(right);
  }

  @Test
  void entryWithoutARevisionIsNoDriftAndGetsOneAtTheNextChange() {
    published(state(active(1)));
    assertThat(rebuilt()).extracting(Allocation::revision).containsExactly(0L);
    Allocation known = active(1).withRevision(7);
    assertThat(publish.differs(state(known), publish.entries())).isFalse();
    assertThat(publish.isOutdated(publish.entries())).isTrue();
    published(state(known));
    assertThat(rebuilt()).containsExactly(known);
    assertThat(publish.isOutdated(publish.entries())).isFalse();
    assertThat(publish.differs(state(known.withRevision(8)), publish.entries())).isTrue();
  }

  @Test
  void closedEntryThatNamesTheAccountIsNoDriftAndIsMended() {
    Allocation retired = in(AllocationState.RETIRED, active(1)).withRevision(7);
    published(state(retired));
    TestTree.as(
        server().root(),
        c ->
            c.modify(
                retiredDn(1),
                new Modification(
                    ModificationType.ADD, "subidRangeOwner", owner(1).dn().orElseThrow())));
    assertThat(publish.differs(state(retired), publish.entries())).isFalse();
    assertThat(publish.isOutdated(publish.entries())).isTrue();
    published(state(retired));
    assertThat(written(retiredDn(1))).doesNotContain("subidRangeOwner");
  }

  @Test
  void closedEntryStaysIfTheLedgerKnowsNoDn() {
    Allocation retired = in(AllocationState.RETIRED, active(1));
    published(state(retired));
    Allocation rebuilt = ownedBy(withoutDn(owner(1)), retired);
    assertThat(publish.publish(List.of(state(rebuilt)))).isEmpty();
    assertThat(rebuilt()).containsExactly(rebuilt);
    assertThat(publish.differs(state(rebuilt), publish.entries())).isFalse();
  }

  /** Its allocation belongs to the stable id of a later rebinding. */
  @Test
  void stableIdWithoutAllocationsChangesNoEntry() {
    published(state(active(1)));
    OwnerState empty = new OwnerState(owner(1).stableId(), List.of());
    assertThat(publish.publish(List.of(empty))).isEmpty();
    assertThat(rebuilt()).containsExactly(active(1));
  }

  private static Owner withoutDn(Owner o) {
    return new Owner(o.stableId(), o.name(), o.uidNumber(), o.gidNumber(), Optional.empty());
  }

  @Test
  void attributesOfOthersInAnEntryStay() {
    published(state(active(1)));
    TestTree.as(
        server().root(),
        c ->
            c.modify(
                activeDn(1),
                new Modification(ModificationType.ADD, "objectClass", "uidObject"),
                new Modification(ModificationType.ADD, "uid", "x")));
    published(state(ownedBy(named("zara", owner(1)), active(1))));
    assertThat(server().entry(activeDn(1)).orElseThrow().getAttributeValue("uid")).isEqualTo("x");
  }
}
