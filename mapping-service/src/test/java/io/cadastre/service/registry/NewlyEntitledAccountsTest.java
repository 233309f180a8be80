/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static io.cadastre.service.registry.CallerSite.TEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.directory.Slapd;
import io.cadastre.service.event.Event;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.service.registry.NewlyEntitledAccounts.Taken;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Finding;
import io.cadastre.subid.OwnerName;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Accounts of a real directory become entitled, and get ranges without a request. */
@Tag("slow")
class NewlyEntitledAccountsTest {
  private static final int ACCOUNTS = 1000;
  private static final long ACCEPT_ABOVE = 200;

  private TestLedger database = TestLedger.inMemory();
  private Slapd slapd;
  private Site site;
  private NewlyEntitledAccounts entitled;

  @BeforeEach
  void start() {
    slapd = Slapd.start();
    slapd.load(
        IntStream.range(0, ACCOUNTS)
            .mapToObj(NewlyEntitledAccountsTest::account)
            .collect(Collectors.joining("\n")));
    begin();
  }

  private void begin() {
    site = Site.ready(database.ledger(), slapd.configurationFor("(description=containers)"));
    entitled = site.entitled(ACCEPT_ABOVE);
  }

  @AfterEach
  void stop() {
    site.close();
    slapd.close();
    database.close();
  }

  private static String account(int number) {
    return """
        dn: uid=user%1$d,%2$s
        objectClass: account
        objectClass: posixAccount
        uid: user%1$d
        cn: user%1$d
        uidNumber: %3$d
        gidNumber: 6000
        homeDirectory: /home/user%1$d
        """
        .formatted(number, Slapd.PEOPLE, 6000 + number);
  }

  private void entitle(int from, int to) {
    IntStream.range(from, to).forEach(i -> describe("user" + i, "add"));
  }

  private void describe(String name, String change) {
    slapd.modify(
        "dn: uid=%s,%s\nchangetype: modify\n%s: description\ndescription: containers"
            .formatted(name, Slapd.PEOPLE, change));
  }

  /** What the service does at an interval. */
  private Taken read() {
    return follow(OptionalLong.empty());
  }

  private Taken follow(OptionalLong accepted) {
    site.follow();
    return entitled.take(accepted, false, TEST);
  }

  @Test
  void accountsThatBecomeEntitledHaveRangesAndEntriesWithinTwoReads() {
    assertThat(read()).isEqualTo(new Taken(0, 0));
    entitle(0, 150);

    assertThat(read()).isEqualTo(new Taken(0, 150));
    assertThat(entitled.findings()).isEmpty();
    assertThat(read()).isEqualTo(new Taken(150, 0));
    site.drain();
    assertThat(site.published()).isEqualTo(site.shown()).hasSize(150);
    assertThat(site.rows()).allMatch(a -> a.state() == AllocationState.ACTIVE);
    assertThat(site.history("user7"))
        .extracting(Event::actor)
        .containsExactly("service:entitlement");

    entitle(150, 550);
    assertThat(read()).isEqualTo(new Taken(0, 400));
    assertThat(read()).isEqualTo(new Taken(0, 400));
    assertThat(entitled.findings())
        .extracting(Finding::rule, Finding::remedy)
        .singleElement()
        .asString()
        .contains("entitled-waiting", "run: cadastre follow --accept-entitled 400");
    assertThatThrownBy(() -> follow(OptionalLong.of(399)))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.code()).isEqualTo(RefusalCode.WRONG_STATE))
        .hasMessageContaining("cadastre follow --accept-entitled 400");
    assertThat(entitled.take(OptionalLong.of(400), true, TEST)).isEqualTo(new Taken(400, 0));
    assertThat(site.rows()).hasSize(150);

    assertThat(follow(OptionalLong.of(400))).isEqualTo(new Taken(400, 0));
    assertThat(entitled.findings()).isEmpty();
    site.drain();
    assertThat(site.published()).isEqualTo(site.shown()).hasSize(550);
    assertThat(accepted()).containsExactly("service:entitlement 0", "test 400");
  }

  @Test
  void firstRunOfALedgerAllocatesToNoAccountUntilAnAdminAccepts() {
    entitle(0, 3);

    assertThat(read()).isEqualTo(new Taken(0, 3));
    assertThat(read()).isEqualTo(new Taken(0, 3));
    assertThat(entitled.findings())
        .extracting(Finding::message)
        .singleElement()
        .asString()
        .contains("3 accounts", "the first user0, user1, user2", "first run");
    entitled = site.entitled(ACCEPT_ABOVE);
    assertThat(read()).isEqualTo(new Taken(0, 3));

    assertThat(follow(OptionalLong.of(3))).isEqualTo(new Taken(3, 0));
    entitle(3, 5);
    entitled = site.entitled(ACCEPT_ABOVE);
    assertThat(read()).isEqualTo(new Taken(0, 2));
    assertThat(read()).isEqualTo(new Taken(2, 0));
  }

  @Test
  void acceptanceIsValidForItsNumberAndForAnHour() {
    read();
    follow(OptionalLong.of(300));
    entitle(0, 250);
    assertThat(read()).isEqualTo(new Taken(0, 250));
    assertThat(read()).isEqualTo(new Taken(250, 0));
    entitle(250, 501);
    read();
    assertThat(read()).isEqualTo(new Taken(0, 251));

    follow(OptionalLong.of(1000));
    entitle(501, 800);
    database.age(Duration.ofMinutes(61));
    entitled = site.entitled(ACCEPT_ABOVE);
    assertThat(read().allocated()).isZero();
    assertThat(read().allocated()).isZero();
    assertThat(entitled.findings()).hasSize(1);
  }

  @Test
  void accountsThatChangeBetweenTwoReadsWait() {
    read();
    entitle(0, 3);
    read();
    slapd.rename("user0", "other0");
    slapd.modify(
        "dn: uid=user1,%s\nchangetype: modify\nreplace: uidNumber\nuidNumber: 9001"
            .formatted(Slapd.PEOPLE));
    slapd.delete("user2");
    slapd.add(account(2) + "description: containers\n");

    assertThat(read()).isEqualTo(new Taken(0, 3));
    assertThat(read()).isEqualTo(new Taken(3, 0));
    assertThat(entitled.take(OptionalLong.empty(), false, TEST)).isEqualTo(new Taken(0, 0));
  }

  @Test
  void oneReadTakenTwiceIsOneRead() {
    read();
    entitle(0, 3);
    read();

    assertThat(entitled.take(OptionalLong.empty(), false, TEST)).isEqualTo(new Taken(0, 3));
  }

  @Test
  void whatTheLedgerHasKnownGetsNoRangeUnasked() {
    read();
    entitle(0, 3);
    List.of("user0", "user1", "user2").forEach(site::allocate);
    site.ownerCommands.retire(new OwnerName("user0"), TEST);
    // Retired under the name and uid; withheld under the name; a former name.
    slapd.delete("user0");
    slapd.add(account(0).replace("6000\ngid", "9000\ngid") + "description: containers\n");
    slapd.delete("user1");
    slapd.add(account(1).replace("6001", "9001") + "description: containers\n");
    slapd.rename("user2", "smith");
    site.follow();
    slapd.add(account(2).replace("6002", "9002") + "description: containers\n");

    assertThat(read()).isEqualTo(new Taken(0, 0));
    assertThat(read()).isEqualTo(new Taken(0, 0));
    assertThat(site.rows()).hasSize(3);
    assertThat(site.present("6000").state()).isEqualTo(AllocationState.RETIRED);
  }

  /** The account is still there, entitled, and moves about: only an admin undoes a retirement. */
  @Test
  void retiredOwnerStaysRetiredWhileTheAccountLives() {
    read();
    entitle(0, 2);
    site.allocate("user0");
    site.allocate("user1");
    site.ownerCommands.retire(new OwnerName("user0"), TEST);
    read();
    slapd.rename("user0", "other0");
    read();
    slapd.delete("user1");
    site.follow();
    assertThat(site.present("user1").state()).isEqualTo(AllocationState.WITHHELD);
    site.ownerCommands.retire(new OwnerName("user1"), TEST);
    read();

    assertThat(site.rows()).allMatch(a -> a.state() == AllocationState.RETIRED).hasSize(2);
    assertThat(Site.snapshotRows(site.ledger)).noneMatch(row -> row.contains("user"));
    assertThatThrownBy(() -> site.allocate("other0"))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.code()).isEqualTo(RefusalCode.OWNER_RETIRED));
  }

  @Test
  void lastTenthOfThePoolIsForRequests() {
    site.close();
    database.close();
    database = TestLedger.inMemory(TestLedger.poolOf("default", 20));
    begin();
    read();
    entitle(0, 25);
    read();

    assertThat(read()).isEqualTo(new Taken(18, 7));
    assertThat(entitled.findings())
        .extracting(Finding::rule, Finding::subject)
        .singleElement()
        .asString()
        .contains("entitled-pool-low", "pool default");
    assertThat(site.allocate("user24").outcome()).isEqualTo(AllocationResult.Outcome.CREATED);
  }

  @Test
  void ownerWhoIsEntitledNoMoreIsAFinding() {
    entitle(0, 2);
    site.allocate("user0");
    site.allocate("user1");
    describe("user1", "delete");
    site.follow();

    assertThat(
            new Audit(site.ledger, site.accounts, List::of, List.of(), Clock.systemUTC())
                .run()
                .findings())
        .extracting(Finding::rule, Finding::subject)
        .singleElement()
        .asString()
        .contains("entitled-no-more", "user1 (uid 6001)");
  }

  private List<String> accepted() {
    return site.ledger.read(queries -> queries.eventsAfter(0, Optional.empty(), 10_000)).stream()
        .filter(event -> event.kind().equals("accept-entitled"))
        .map(event -> event.actor() + " " + event.after().path("accounts").asLong())
        .toList();
  }
}
