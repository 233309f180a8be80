/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static io.cadastre.service.registry.CallerSite.TEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.config.NameCase;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.service.registry.AccountSynchronizer.Followed;
import io.cadastre.service.registry.AllocationResult.Outcome;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdType;
import io.cadastre.subid.OwnerName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Owners whose accounts have other names than the ledger: SSSD lowers the names of a directory. */
class RenamesTest {
  private static final int OWNERS = 12;

  @TempDir Path folder;
  private final TestLedger database = TestLedger.inMemory();

  @AfterEach
  void close() {
    database.close();
  }

  private static EmbeddedAccounts capitals(int count) {
    EmbeddedAccounts accounts = new EmbeddedAccounts();
    for (int i = 0; i < count; i++) {
      accounts = accounts.with("User" + i, 5000 + i);
    }
    return accounts;
  }

  private void recorded(EmbeddedAccounts accounts, String prefix, int count) {
    try (Site before = Site.ready(database.ledger(), accounts.in(folder, "entryUUID"))) {
      for (int i = 0; i < count; i++) {
        before.allocate(prefix + i);
      }
    }
  }

  private Site lowered(EmbeddedAccounts accounts) {
    return Site.loweredReady(database.ledger(), accounts.in(folder, "entryUUID"));
  }

  @Test
  void fewNewNamesAreFollowed() {
    EmbeddedAccounts accounts = capitals(3);
    recorded(accounts, "User", 3);
    try (Site site = lowered(accounts)) {
      Followed followed = site.follow();
      assertThat(followed.followed()).isEqualTo(3);
      assertThat(followed.renames().waiting()).isFalse();
      assertThat(site.present("user1").owner().name().value()).isEqualTo("user1");
    }
  }

  @Test
  void moreThanATenthOfTheOwnersWaitsAndIsListedAndWarnedOf() {
    EmbeddedAccounts accounts = capitals(OWNERS);
    recorded(accounts, "User", OWNERS);
    try (Site site = lowered(accounts)) {
      List<Allocation> before = site.rows();
      Followed followed = site.follow();

      assertThat(followed.followed()).isZero();
      assertThat(followed.renames().waiting()).isTrue();
      assertThat(followed.renames().renames())
          .hasSize(OWNERS)
          .anySatisfy(
              r -> {
                assertThat(r.from().value()).isEqualTo("User7");
                assertThat(r.to().value()).isEqualTo("user7");
              });
      assertThat(site.rows()).isEqualTo(before);
      assertThat(site.synchronizer.findings())
          .filteredOn(f -> f.rule().equals("renames-wait"))
          .singleElement()
          .extracting(Finding::remedy)
          .asString()
          .contains("cadastre follow --accept-renames");
      assertThat(site.synchronizer.warning().orElseThrow())
          .contains("12 owners", "cadastre follow --accept-renames");
      assertThat(site.present("User7").owner().uidNumber()).as("found as recorded").isEqualTo(5007);
    }
  }

  @Test
  void acceptedRenamesKeepTheRangesAndNameTheAdmin() {
    EmbeddedAccounts accounts = capitals(OWNERS);
    recorded(accounts, "User", OWNERS);
    try (Site site = lowered(accounts)) {
      Allocation before = site.present("User7");
      site.follow();
      Followed followed =
          site.synchronizer
              .readAndFollow(FollowAcceptance.by(TEST, false, true), false)
              .orElseThrow();

      assertThat(followed.followed()).isEqualTo(OWNERS);
      Allocation after = site.present("User7");
      assertThat(after.owner().name().value()).isEqualTo("user7");
      assertThat(after.uidRange()).isEqualTo(before.uidRange());
      assertThat(site.history("user7"))
          .last()
          .satisfies(event -> assertThat(event.actor()).isEqualTo(TEST.actor()));
      assertThat(site.synchronizer.warning()).isEmpty();
      assertThat(site.follow().renames()).isEqualTo(Renames.NONE);
    }
  }

  @Test
  void waitingOwnerIsWithheldIfAnotherAccountHasTheName() {
    recorded(capitals(OWNERS), "User", OWNERS);
    EmbeddedAccounts renamed = new EmbeddedAccounts();
    for (int i = 0; i < OWNERS; i++) {
      renamed = renamed.with("other" + i, 5000 + i);
    }
    EmbeddedAccounts taken = renamed.with("User3", 6000);
    try (Site site = Site.ready(database.ledger(), taken.in(folder, "entryUUID"))) {
      Followed followed = site.follow();

      assertThat(followed.renames().waiting()).isTrue();
      assertThat(followed.withheld()).isEqualTo(1);
      assertThat(site.present("5003").state()).isEqualTo(AllocationState.WITHHELD);
      assertThat(site.present("5004").state()).isEqualTo(AllocationState.ACTIVE);
    }
  }

  @Test
  void requestsInAnyCaseMeanTheSameOwner() {
    try (Site site = lowered(capitals(1))) {
      assertThat(site.allocate("USER0").outcome()).isEqualTo(Outcome.CREATED);
      assertThat(site.allocate("user0").outcome()).isEqualTo(Outcome.UNCHANGED);
      assertThat(site.present("User0").owner().name().value()).isEqualTo("user0");
    }
  }

  @Test
  void namesThatCollideInLowerCaseAreAmbiguousAndFound() {
    try (Site site = lowered(new EmbeddedAccounts().with("Bob", 5000).withUnit("bob", 5001))) {
      assertThatThrownBy(() -> site.allocate("bob"))
          .isInstanceOfSatisfying(
              Refused.class, r -> assertThat(r.code()).isEqualTo(RefusalCode.AMBIGUOUS_ACCOUNT));
      assertThat(site.accounts.latest().orElseThrow().findings())
          .extracting(Finding::rule)
          .containsOnly("account-name-shared");
    }
  }

  @Test
  void ownerThatWaitsForANewCaseIsFoundAndRetiredUnderTheNameThatNodesGive() {
    EmbeddedAccounts accounts = capitals(OWNERS);
    recorded(accounts, "User", OWNERS);
    try (Site site = lowered(accounts)) {
      assertThat(site.follow().renames().waiting()).isTrue();
      Allocation user = site.present("user1");
      assertThat(user.owner().name().value()).isEqualTo("User1");
      assertThat(site.ownerQueries.contains("user1", IdType.SUBUID, user.uidRange())).isTrue();
      assertThat(
              new AuditLogQueries(site.ledger, NameCase.LOWER)
                  .after(0, EventOwner.named(new OwnerName("user1")), 9)
                  .events())
          .isNotEmpty();

      site.ownerCommands.retire(new OwnerName("user1"), TEST);
      site.ownerCommands.retire(
          new OwnerName("user2"),
          Optional.of(site.present("User2").owner().stableId()),
          false,
          TEST);
      assertThat(site.present("user1").state()).isEqualTo(AllocationState.RETIRED);
      assertThat(site.present("user2").state()).isEqualTo(AllocationState.RETIRED);
    }
  }

  /** It cannot be told which of them a lowered name means. */
  @Test
  void nameThatTwoOwnersHaveInOtherCasesFindsNeither() {
    EmbeddedAccounts both = new EmbeddedAccounts().with("Zoe", 5000).withUnit("ZOE", 5001);
    try (Site before = Site.ready(database.ledger(), both.in(folder, "entryUUID"))) {
      before.allocate("Zoe");
      before.allocate("ZOE");
    }
    try (Site site = lowered(both)) {
      assertThatThrownBy(() -> site.ownerCommands.retire(new OwnerName("zoe"), TEST))
          .isInstanceOfSatisfying(
              Refused.class, r -> assertThat(r.code()).isEqualTo(RefusalCode.UNKNOWN_OWNER));
    }
  }
}
