/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.imports.EntryPlan.RefusedEntry;
import io.cadastre.subid.AcceptedClaims;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Pool;
import io.cadastre.subid.ReservedNames;
import io.cadastre.subid.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Owner {@code n} has slot {@code n}, unless a test says otherwise. */
class EntryJudgeTest {
  private static final long FIRST = 1_001_062_400;
  private static final Pool POOL =
      new Pool(
          "default", 65536, List.of(IdRange.between(FIRST, 1879048191)), Strategy.NEXT_FREE, 1000);

  private static UUID id(long n) {
    return new UUID(7, n);
  }

  private static Owner owner(long n) {
    return new Owner("id" + n, new OwnerName("u" + n), 2000 + n, 2000, Optional.of("uid=u" + n));
  }

  private static IdRange slot(long n) {
    return new IdRange(FIRST + n * 65536, 65536);
  }

  private static Allocation of(
      long n, Owner owner, Optional<String> pool, IdRange range, long serial) {
    return new Allocation(id(n), owner, pool, range, range, AllocationState.ACTIVE, serial);
  }

  private static Allocation good(long n) {
    return of(n, owner(n), Optional.of("default"), slot(n), n);
  }

  private static Allocation pinned(long n, IdRange range) {
    return of(n, owner(n), Optional.empty(), range, n);
  }

  private static EntryFacts facts(List<Allocation> known, long serial, OptionalLong accepted) {
    return new EntryFacts(
        List.of(POOL), known, serial, 0, AcceptedClaims.NONE, ReservedNames.byDefault(), accepted);
  }

  private static EntryPlan judge(List<Allocation> known, Allocation... published) {
    long serial = known.stream().mapToLong(Allocation::serial).max().orElse(0);
    return judge(facts(known, serial, OptionalLong.empty()), published);
  }

  private static EntryPlan judge(EntryFacts facts, Allocation... published) {
    List<PublishedAllocation> entries = new ArrayList<>();
    for (Allocation a : published) {
      entries.add(new PublishedAllocation("cn=entry" + entries.size(), a));
    }
    return EntryJudge.judge(entries, facts);
  }

  /** The bad allocation is refused and the two good ones are adopted, in every order. */
  private static void refused(Allocation bad, String why) {
    for (List<Allocation> order :
        List.of(List.of(good(1), bad, good(3)), List.of(bad, good(3), good(1)))) {
      EntryPlan plan = judge(List.of(), order.toArray(Allocation[]::new));
      assertThat(plan.toAdopt()).containsExactly(good(1), good(3));
      assertThat(plan.refused())
          .singleElement()
          .satisfies(r -> assertThat(r.entry().allocation()).isEqualTo(bad))
          .satisfies(r -> assertThat(r.why()).contains(why));
    }
  }

  @Test
  void unknownEntriesAreAdoptedInTheOrderOfTheirSerials() {
    EntryPlan plan = judge(List.of(good(1)), good(3), good(1), good(2));

    assertThat(plan.toAdopt()).containsExactly(good(2), good(3));
    assertThat(plan.ahead()).hasSize(2);
    assertThat(plan.refused()).isEmpty();
  }

  @Test
  void rangeThatAnImportRefusesIsRefused() {
    refused(pinned(2, new IdRange(0, 65536)), "reserved IDs");
    refused(pinned(2, new IdRange(60000, 65536)), "reserved IDs");
    refused(pinned(2, new IdRange(2147483648L, 65536)), "reserved IDs");
    refused(pinned(2, new IdRange(524288, 65536)), "reserved IDs");
  }

  @Test
  void importedRangeOffTheGridIsTaken() {
    Allocation pinned = pinned(2, new IdRange(100000, 65536));

    assertThat(judge(List.of(), pinned).toAdopt()).containsExactly(pinned);
  }

  @Test
  void rangeAbove2GiIsTakenWhereTheSiteHasOptedIn() {
    Allocation high = pinned(2, new IdRange(3_000_000_000L, 65536));
    EntryFacts allowed =
        new EntryFacts(
            List.of(POOL),
            List.of(),
            0,
            0,
            new AcceptedClaims(true, Set.of()),
            ReservedNames.byDefault(),
            OptionalLong.empty());

    assertThat(judge(allowed, high).toAdopt()).containsExactly(high);
  }

  @Test
  void rangeOutsideItsPoolIsRefused() {
    refused(of(2, owner(2), Optional.of("none"), slot(2), 2), "has not recorded");
    refused(of(2, owner(2), Optional.of("default"), new IdRange(FIRST + 1, 65536), 2), "one slot");
    refused(of(2, owner(2), Optional.of("default"), new IdRange(FIRST, 131072), 2), "one slot");
    refused(of(2, owner(2), Optional.of("default"), new IdRange(100000, 65536), 2), "one slot");
  }

  @Test
  void serialThatNoLedgerGivesIsRefused() {
    refused(of(2, owner(2), Optional.of("default"), slot(2), Long.MAX_VALUE), "serial");
    refused(of(2, owner(2), Optional.of("default"), slot(2), 1L << 53), "serial");
    refused(of(2, owner(2), Optional.of("default"), slot(2), 0), "serial");
    refused(of(2, owner(2), Optional.of("default"), slot(2), -5), "serial");
    refused(of(2, owner(2), Optional.of("default"), slot(2), 1_000_004), "leap from 3 to 1000004");
  }

  @Test
  void changeThatTheSnapshotDoesNotShowIsAheadByItsRevision() {
    Allocation known = good(1).withRevision(5);
    Allocation moved =
        known.withOwner(
            new Owner("id1", new OwnerName("u1"), 2001, 2000, Optional.of("uid=u1,ou=x")));

    assertThat(judge(List.of(known), moved.withRevision(6)).toAdopt())
        .containsExactly(moved.withRevision(6));
    assertThat(judge(List.of(known), moved).ahead()).isEmpty();
    assertThat(judge(List.of(known), moved.withRevision(5)).ahead()).isEmpty();
    assertThat(judge(List.of(known), moved.withRevision(4)).ahead()).isEmpty();
  }

  @Test
  void entryOfAnEarlierRevisionIsNotAheadWhateverItsSerial() {
    Allocation known = good(1).withRevision(5);

    assertThat(judge(List.of(known), known.withSerial(900).withRevision(4)).ahead()).isEmpty();
  }

  @Test
  void revisionThatNoLedgerGivesIsRefused() {
    refused(good(2).withRevision(1_000_001), "revisions leap from 0 to 1000001");
    refused(good(2).withRevision(1L << 53), "revision");
    refused(good(2).withRevision(Long.MAX_VALUE), "revision");
  }

  @Test
  void highestRevisionIsThatOfAnyEntryThatIsNotRefused() {
    Allocation known = good(1).withRevision(700);

    EntryPlan plan =
        judge(
            List.of(known),
            known,
            good(2).withRevision(600),
            pinned(3, new IdRange(0, 65536)).withRevision(900));

    assertThat(plan.toAdopt()).hasSize(1);
    assertThat(plan.refused()).hasSize(1);
    assertThat(plan.highestRevision()).isEqualTo(700);
  }

  @Test
  void closedEntryLeavesTheDnThatTheLedgerKnows() {
    Allocation known = good(1).withRevision(5);
    Allocation retired = known.withState(AllocationState.RETIRED).withRevision(6);
    Owner o = retired.owner();
    Allocation published =
        retired.withOwner(
            new Owner(o.stableId(), o.name(), o.uidNumber(), o.gidNumber(), Optional.empty()));

    assertThat(judge(List.of(known), published).toAdopt()).containsExactly(retired);
  }

  @Test
  void serialJustWithinTheLeapIsTaken() {
    Allocation far = of(2, owner(2), Optional.of("default"), slot(2), 1_000_003);

    assertThat(judge(List.of(), good(3), far).refused()).isEmpty();
    assertThat(judge(List.of(), far).refused()).hasSize(1);
  }

  @Test
  void leapIsRefusedWithAllAboveItUntilItIsAccepted() {
    Allocation leaping = of(2, owner(2), Optional.of("default"), slot(2), 5_000_000);
    Allocation above = of(4, owner(4), Optional.of("default"), slot(4), 5_000_001);
    Allocation far = of(5, owner(5), Optional.of("default"), slot(5), 9_000_000);

    EntryPlan plan = judge(List.of(), good(1), far, above, leaping);
    assertThat(plan.toAdopt()).containsExactly(good(1));
    assertThat(plan.refused())
        .hasSize(3)
        .allMatch(r -> r.remedy().endsWith("cadastre reconcile --adopt --accept-serial 5000000"));

    EntryPlan accepted =
        judge(facts(List.of(), 0, OptionalLong.of(5_000_000)), good(1), far, above, leaping);
    assertThat(accepted.toAdopt()).containsExactly(good(1), leaping, above);
    assertThat(accepted.refused())
        .singleElement()
        .satisfies(r -> assertThat(r.remedy()).endsWith("--accept-serial 9000000"));
  }

  @Test
  void refusedEntryIsNoStepForTheNextSerial() {
    Allocation step = of(2, owner(2), Optional.of("none"), slot(2), 900_000);
    Allocation above = of(3, owner(3), Optional.of("default"), slot(3), 1_800_000);

    assertThat(judge(List.of(), good(1), step, above).toAdopt()).containsExactly(good(1));
  }

  @Test
  void reservedNameIsRefusedUnlessTheLedgerHasIt() {
    Owner root = new Owner("id2", new OwnerName("root"), 2002, 2000, Optional.of("uid=root"));
    Allocation ofRoot = of(2, root, Optional.of("default"), slot(2), 2);
    refused(ofRoot, "root is reserved");

    Allocation later = ofRoot.withState(AllocationState.RETIRED).withSerial(5);
    assertThat(judge(List.of(ofRoot), later).toAdopt()).containsExactly(later);
    assertThat(judge(List.of(good(2)), later).refused()).hasSize(1);
  }

  @Test
  void rangeThatOverlapsTheLedgersIsRefused() {
    EntryPlan plan =
        judge(List.of(good(1)), good(1), pinned(2, new IdRange(FIRST + 65536 + 5, 10)), good(3));

    assertThat(plan.toAdopt()).containsExactly(good(3));
    assertThat(plan.refused())
        .singleElement()
        .satisfies(r -> assertThat(r.why()).contains("overlaps", "u1"))
        .satisfies(r -> assertThat(r.remedy()).doesNotContain("--repair"));
  }

  @Test
  void knownAllocationWithAnotherRangeIsRefusedAndIsToBeRepaired() {
    Allocation moved = of(1, owner(1), Optional.of("default"), slot(9), 8);

    EntryPlan plan = judge(List.of(good(1)), moved);

    assertThat(plan.ahead()).isEmpty();
    assertThat(plan.refused()).singleElement().satisfies(EntryJudgeTest::isRepaired);
  }

  @Test
  void knownAllocationOfAnEntirelyDifferentOwnerIsRefused() {
    Allocation stolen = of(1, owner(9), Optional.of("default"), slot(1), 8);

    EntryPlan plan = judge(List.of(good(1)), stolen);

    assertThat(plan.ahead()).isEmpty();
    assertThat(plan.toAdopt()).isEmpty();
    assertThat(plan.refused())
        .singleElement()
        .satisfies(EntryJudgeTest::isRepaired)
        .satisfies(r -> assertThat(r.why()).contains("u9 (uid 2009)", "u1 (uid 2001)"));
  }

  @Test
  void knownAllocationIsTakenIfItsOwnerWasRenamedAndRenumberedOrHasAnotherStableId() {
    Owner renamed = new Owner("id1", new OwnerName("v"), 77, 2000, Optional.of("uid=v"));
    Owner reloaded = new Owner("new", new OwnerName("u1"), 2001, 2000, Optional.of("uid=u1"));
    for (Owner owner : List.of(renamed, reloaded)) {
      Allocation later = of(1, owner, Optional.of("default"), slot(1), 8);
      assertThat(judge(List.of(good(1)), later).toAdopt()).containsExactly(later);
    }
  }

  @Test
  void supersededAllocationIsNotRevived() {
    Allocation closed = good(1).withState(AllocationState.SUPERSEDED);
    EntryPlan plan = judge(List.of(closed), good(1).withSerial(8));

    assertThat(plan.toAdopt()).isEmpty();
    assertThat(plan.refused()).singleElement().satisfies(EntryJudgeTest::isRepaired);
  }

  private static void isRepaired(RefusedEntry refused) {
    assertThat(refused.remedy()).isEqualTo("Run: cadastre reconcile --repair");
  }

  @Test
  void twoOverlappingUnknownEntriesAreRefusedAndNoOther() {
    Allocation twin = of(2, owner(2), Optional.of("default"), slot(1), 2);
    Allocation across = pinned(5, new IdRange(FIRST + 3 * 65536 - 5, 10));

    EntryPlan plan = judge(List.of(), good(1), twin, good(3), across, good(4));

    assertThat(plan.toAdopt()).containsExactly(good(4));
    assertThat(plan.refused()).hasSize(4).allMatch(r -> r.why().contains("overlaps"));
  }

  @Test
  void oneRangeOverTheWholePoolStopsNoOther() {
    refused(pinned(2, IdRange.between(600100001, 2147352575)), "overlaps");
  }

  @Test
  void ownerWithTwoRangesKeepsTheLedgersOnly() {
    Allocation second = of(9, owner(1), Optional.of("default"), slot(9), 9);

    assertThat(judge(List.of(good(1)), good(1), second, good(2)).toAdopt())
        .containsExactly(good(2));
    EntryPlan unknown = judge(List.of(), good(1), second, good(2));
    assertThat(unknown.toAdopt()).containsExactly(good(2));
    assertThat(unknown.refused()).allMatch(r -> r.why().contains("stable id id1")).hasSize(2);
  }

  @Test
  void oneActiveOwnerHasANameAndAUid() {
    Owner named = new Owner("idX", owner(1).name(), 3999, 2000, Optional.of("uid=x"));
    Owner numbered = new Owner("idY", new OwnerName("y"), 2001, 2000, Optional.of("uid=y"));
    for (Owner rival : List.of(named, numbered)) {
      Allocation theirs = of(8, rival, Optional.of("default"), slot(8), 8);
      assertThat(judge(List.of(good(1)), good(1), theirs).refused()).hasSize(1);
      assertThat(judge(List.of(), good(1), theirs, good(2)).toAdopt()).containsExactly(good(2));

      Allocation gone = good(1).withState(AllocationState.WITHHELD).withSerial(7);
      assertThat(judge(List.of(good(1)), gone, theirs).toAdopt()).containsExactly(gone, theirs);
    }
  }

  @Test
  void supersededOwnersRangesAreTakenInOrder() {
    Allocation closed = good(1).withState(AllocationState.SUPERSEDED).withSerial(7);
    Allocation next = of(9, owner(1), Optional.of("default"), slot(9), 8);

    assertThat(judge(List.of(good(1)), next, closed).toAdopt()).containsExactly(closed, next);
    EntryPlan early = judge(List.of(good(1)), next, closed.withSerial(9), good(2));
    assertThat(early.toAdopt()).containsExactly(good(2), closed.withSerial(9));
    assertThat(early.refused()).hasSize(1);
  }

  @Test
  void retiredThenSupersededIsTakenAlthoughItMovedNoSerial() {
    Allocation retired = good(1).withState(AllocationState.RETIRED);
    Allocation closed = good(1).withState(AllocationState.SUPERSEDED);
    Allocation next = of(9, owner(1), Optional.of("default"), slot(9), 8);

    assertThat(judge(List.of(retired), closed, next).toAdopt()).containsExactly(closed, next);
    assertThat(judge(List.of(retired), closed).toAdopt()).isEmpty();
  }

  @Test
  void copiesOfOneAllocationAreTakenOnceIfTheyAgree() {
    Allocation retired = good(1).withState(AllocationState.RETIRED).withSerial(5);
    assertThat(judge(List.of(), good(1), retired, good(2)).toAdopt())
        .containsExactly(good(2), retired);

    Allocation stolen = good(1).withOwner(owner(7)).withSerial(5);
    EntryPlan plan = judge(List.of(), good(1), stolen, good(2));
    assertThat(plan.toAdopt()).containsExactly(good(2));
    assertThat(plan.refused()).hasSize(2);

    EntryPlan confirmed = judge(List.of(good(1)), good(1), stolen, retired.withSerial(4));
    assertThat(confirmed.toAdopt()).containsExactly(retired.withSerial(4));
    assertThat(confirmed.refused()).singleElement().satisfies(EntryJudgeTest::isRepaired);
  }

  @Test
  void manyForgedEntriesStopNoGoodOne() {
    Allocation[] all =
        Stream.iterate(1L, n -> n + 1)
            .limit(2_000)
            .flatMap(n -> Stream.of(good(n), overAll(20_000 + n).withSerial(n)))
            .toArray(Allocation[]::new);

    assertThat(judge(List.of(), all).toAdopt()).hasSize(2_000);
  }

  private static Allocation overAll(long n) {
    return pinned(n, new IdRange(600_100_001, 700_000_000 + n));
  }
}
