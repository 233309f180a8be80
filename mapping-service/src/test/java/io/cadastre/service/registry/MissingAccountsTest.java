/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static io.cadastre.service.registry.CallerSite.TEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.cadastre.service.directory.Slapd;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Finding;
import io.cadastre.subid.OwnerName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A directory that lacks many accounts at once, and the ranges that are withheld all the same. */
@Tag("slow")
class MissingAccountsTest {
  private final TestLedger database = TestLedger.inMemory();
  private Slapd slapd;
  private Site site;

  @BeforeEach
  void start() {
    slapd = Slapd.start();
    slapd.addAccount("zoe", 5001, 5001);
    site = Site.ready(database.ledger(), slapd.configuration());
  }

  @AfterEach
  void stop() {
    site.close();
    slapd.close();
    database.close();
  }

  @Test
  void readThatLosesHalfOfTheAccountsWithholdsNothing() {
    for (int i = 0; i < 20; i++) {
      slapd.addAccount("user" + i, 6000 + i, 6000 + i);
      site.allocate("user" + i);
    }
    for (int i = 0; i < 10; i++) {
      slapd.delete("user" + i);
    }

    assertThat(site.follow())
        .isEqualTo(new AccountSynchronizer.Followed(0, 0, 0, 10, Renames.NONE));
    assertThat(site.rows()).allMatch(a -> a.state() == AllocationState.ACTIVE);
  }

  @Test
  void idsHiddenByABadReadStayReal() {
    slapd.addAccount("clash", 1001062400 + 77, 5002);
    site.follow();
    slapd.delete("clash");
    site.follow();

    assertThat(site.allocate("zoe").allocation().uidRange().start()).isEqualTo(1001062400 + 65536);
  }

  @Test
  void missingOwnersAreFindingsIfTooManyToBeBelieved() {
    allocateSixMore();
    List.of("zoe", "user0", "user1", "user2").forEach(slapd::delete);
    assertThat(site.follow().spared()).isEqualTo(4);

    assertThat(site.synchronizer.findings())
        .extracting(Finding::rule, Finding::subject)
        .contains(
            tuple("account-missing", "zoe (uid 5001)"),
            tuple("account-missing", "user0 (uid 6000)"))
        .hasSize(4);
    assertThat(
            site.synchronizer
                .readAndFollow(FollowAcceptance.by(TEST, true, false), true)
                .orElseThrow()
                .withheld())
        .isEqualTo(4);
    assertThat(site.synchronizer.findings()).hasSize(4);
    assertThat(
            site.synchronizer
                .readAndFollow(FollowAcceptance.by(TEST, true, false), false)
                .orElseThrow()
                .withheld())
        .isEqualTo(4);
    assertThat(site.synchronizer.findings()).isEmpty();
  }

  private void allocateSixMore() {
    site.allocate("zoe");
    for (int i = 0; i < 6; i++) {
      slapd.addAccount("user" + i, 6000 + i, 6000 + i);
      site.allocate("user" + i);
    }
  }

  @Test
  void acceptedLossStartsTheDayAgain() {
    allocateSixMore();
    List.of("zoe", "user0", "user1").forEach(slapd::delete);
    assertThat(site.follow().withheld()).isEqualTo(3);
    slapd.delete("user2");
    assertThat(site.follow().spared()).isEqualTo(1);

    site.synchronizer.readAndFollow(FollowAcceptance.by(TEST, true, false), false);
    slapd.delete("user3");

    assertThat(site.follow().withheld()).isEqualTo(1);
    assertThat(
            site.ledger.read(queries -> queries.eventsAfter(0, Optional.empty(), 100)).stream()
                .filter(e -> e.kind().equals("accept-loss"))
                .toList())
        .singleElement()
        .satisfies(e -> assertThat(e.actor()).isEqualTo(TEST.actor()))
        .satisfies(e -> assertThat(e.after().toString()).contains("\"withheld\":3"));
  }

  @Test
  void restoredAndRetiredOwnersAreNoLosses() {
    allocateSixMore();
    List.of("zoe", "user0", "user1").forEach(slapd::delete);
    assertThat(site.follow().withheld()).isEqualTo(3);
    site.ownerCommands.retire(new OwnerName("zoe"), TEST);
    site.ownerCommands.retire(new OwnerName("user5"), TEST);
    slapd.delete("user5");
    slapd.delete("user2");

    assertThat(site.follow()).isEqualTo(new AccountSynchronizer.Followed(0, 1, 0, 0, Renames.NONE));
  }

  /** An account must not find the range of a former owner under its name, on any node. */
  @Test
  void ownerIsWithheldOnceAnotherAccountHasTheName() {
    for (String name : List.of("yan", "xia", "wim", "val", "uli", "tea")) {
      slapd.addAccount(name, 6000 + name.charAt(0), 6000);
      site.allocate(name);
    }
    Allocation zoe = site.allocate("zoe").allocation();
    Allocation yan = site.present("yan");
    Allocation xia = site.present("xia");
    // One shares the new uid and cannot be followed; one is missing, among too many.
    slapd.rename("zoe", "zoe-smith");
    slapd.addAccount("twin", 5001, 5001);
    slapd.addAccount("zoe", 5002, 5002);
    List.of("yan", "xia", "wim", "val").forEach(slapd::delete);
    slapd.addAccount("yan", 5003, 5003);

    assertThat(site.follow()).isEqualTo(new AccountSynchronizer.Followed(0, 2, 0, 3, Renames.NONE));

    assertThat(stateOf(zoe)).isEqualTo(AllocationState.WITHHELD);
    assertThat(stateOf(yan)).isEqualTo(AllocationState.WITHHELD);
    assertThat(stateOf(xia)).isEqualTo(AllocationState.ACTIVE);
    slapd.delete("twin");
    assertThat(site.follow().restored()).isEqualTo(1);
    assertThat(site.present("zoe-smith").uidRange()).isEqualTo(zoe.uidRange());
  }

  private AllocationState stateOf(Allocation allocation) {
    return site.ledger.read(queries -> queries.byId(allocation.id()).orElseThrow().state());
  }
}
