/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cadastre.service.directory.Slapd;
import cadastre.service.ledger.TestLedger;
import cadastre.subid.Allocation;
import cadastre.subid.AllocationState;
import cadastre.subid.Finding;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A directory that lacks many accounts at once, and whose ranges it takes all the same. */
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

    assertThat(site.follow()).isEqualTo(new Follower.Followed(0, 0, 0, 10));
    assertThat(site.rows()).allMatch(a -> a.state() == AllocationState.ACTIVE);
  }

  @Test
  void idsThatAreHiddenByABadReadAreStillSomebodys() {
    slapd.addAccount("clash", 1001062400 + 77, 5002);
    site.follow();
    slapd.delete("clash");
    site.follow();

    assertThat(site.allocate("zoe").allocation().uidRange().start()).isEqualTo(1001062400 + 65536);
  }

  @Test
  void missingOwnersAreFindingsWhenTheyAreTooManyToBeBelieved() {
    slapd.addAccount("yan", 5002, 5002);
    slapd.addAccount("xia", 5003, 5003);
    List.of("zoe", "yan", "xia").forEach(site::allocate);
    slapd.delete("zoe");
    slapd.delete("yan");
    assertThat(site.follow().spared()).isEqualTo(2);

    assertThat(site.follower.findings())
        .extracting(Finding::rule, Finding::subject)
        .containsExactlyInAnyOrder(
            tuple("account-missing", "zoe (uid 5001)"), tuple("account-missing", "yan (uid 5002)"));
    slapd.addAccount("spare", 5004, 5004);
    assertThat(site.follower.readAndFollow(true, false).orElseThrow().withheld()).isEqualTo(2);
    assertThat(site.follower.findings()).isEmpty();
  }

  /** Whoever has a name now must not find another's range under it, on any node. */
  @Test
  void ownerWhoseNameIsAnothersNowIsWithheldWhateverElseIsWrong() {
    for (String name : List.of("yan", "xia", "wim", "val")) {
      slapd.addAccount(name, 6000 + name.charAt(0), 6000);
      site.allocate(name);
    }
    Allocation zoe = site.allocate("zoe").allocation();
    Allocation yan = site.present("yan");
    Allocation xia = site.present("xia");
    // One shares his new uid and cannot be followed, one is gone among too many.
    slapd.rename("zoe", "zoe-smith");
    slapd.addAccount("twin", 5001, 5001);
    slapd.addAccount("zoe", 5002, 5002);
    List.of("yan", "xia").forEach(slapd::delete);
    slapd.addAccount("yan", 5003, 5003);

    assertThat(site.follow()).isEqualTo(new Follower.Followed(0, 2, 0, 1));

    assertThat(stateOf(zoe)).isEqualTo(AllocationState.WITHHELD);
    assertThat(stateOf(yan)).isEqualTo(AllocationState.WITHHELD);
    assertThat(stateOf(xia)).isEqualTo(AllocationState.ACTIVE);
    slapd.delete("twin");
    assertThat(site.follow().restored()).isEqualTo(1);
    assertThat(site.present("zoe-smith").uidRange()).isEqualTo(zoe.uidRange());
  }

  private AllocationState stateOf(Allocation allocation) {
    return site.ledger.read(reader -> reader.byId(allocation.id()).orElseThrow().state());
  }
}
