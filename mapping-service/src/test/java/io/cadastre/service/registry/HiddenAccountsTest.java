/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static io.cadastre.service.registry.CallerSite.TEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cadastre.service.directory.Slapd;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.ledger.ForgottenIds;
import io.cadastre.service.ledger.RealIds;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.OwnerName;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A directory with incomplete answers: limits, ACLs, fewer accounts with each read. */
@Tag("slow")
class HiddenAccountsTest {
  private static final long FIRST_SLOT = 1001062400;
  private static final int OWNERS = 60;
  private static final String HIDDEN_GROUPS =
      "access to dn.children=\"%s\" by * none".formatted(Slapd.GROUPS);
  private static final String SIZE_50 =
      "limits dn.exact=\"%s\" size=50".formatted(Slapd.SERVICE_DN);

  private final TestLedger database = TestLedger.inMemory();
  private Slapd slapd;
  private Site site;

  @BeforeEach
  void start() {
    slapd = Slapd.start();
    slapd.addAccount("zoe", 5001, 5001);
    for (int i = 0; i < OWNERS; i++) {
      slapd.addAccount("user" + i, 6000 + i, 6000 + i);
    }
    slapd.addGroup("staff", FIRST_SLOT + 77);
    site = Site.ready(database.ledger(), slapd.configuration());
  }

  private void allowReadsOfTwoSeconds() {
    site.close();
    site =
        new Site(
            database.ledger(), slapd.configuration(), Duration.ofSeconds(2), Duration.ofDays(90));
    site.reconciler.compareAtStart();
  }

  @AfterEach
  void stop() {
    site.close();
    slapd.close();
    database.close();
  }

  /** A3, first half: less than a tenth of all IDs, so that the read is believed. */
  @Test
  void gidOfAGroupThatAnAclHidesStaysReal() {
    slapd.configure(HIDDEN_GROUPS);
    site.follow();

    assertThat(site.allocate("zoe").allocation().uidRange().start()).isEqualTo(FIRST_SLOT + 65536);
  }

  @Test
  void idOfADeletedAccountStaysRealAfterARestartUntilItIsForgotten() {
    slapd.addAccount("clash", FIRST_SLOT + 5, 5002);
    slapd.deleteEntry("cn=staff," + Slapd.GROUPS);
    site.follow();
    slapd.delete("clash");
    site.close();
    site = Site.ready(database.ledger(), slapd.configuration());

    assertThat(site.allocate("zoe").allocation().uidRange().start()).isEqualTo(FIRST_SLOT + 65536);

    RealIdCommands forgetting = new RealIdCommands(site.accounts, site.gate);
    String range = FIRST_SLOT + "-" + (FIRST_SLOT + 65535);
    assertThat(forgetting.forget(range, false, TEST))
        .isEqualTo(new ForgottenIds(FIRST_SLOT, FIRST_SLOT + 65535, 1, 1));
    assertThat(site.accounts.realIds(new IdRange(FIRST_SLOT, 65536))).isEqualTo(RealIds.NONE);
  }

  @Test
  void presentIdsAreNotForgotten() {
    site.follow();
    new RealIdCommands(site.accounts, site.gate).forget("0-4294967294", false, TEST);

    assertThat(site.allocate("zoe").allocation().uidRange().start()).isEqualTo(FIRST_SLOT + 65536);
  }

  @Test
  void nothingIsAllocatedWhileIdsCannotBeStored() {
    allowReadsOfTwoSeconds();
    database.refuseRealIds();
    slapd.addAccount("clash", FIRST_SLOT + 65536 + 5, 5002);

    assertThatThrownBy(site::follow).isInstanceOf(Unavailable.class);

    assertThat(site.accounts.latest().orElseThrow().byName(new OwnerName("clash"))).isEmpty();
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(site.accounts.obstacle()).isPresent());
    assertThatThrownBy(() -> site.allocate("zoe"))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("the last read failed: the ledger's database does not answer");
  }

  /** A3, second half. */
  @Test
  void readsThatEachLoseNinePercentDoNotEmptyTheSnapshot() {
    for (int i = 0; i < OWNERS; i++) {
      site.allocate("user" + i);
    }
    database.age(Duration.ofHours(25));
    for (int lost = 0; lost + 5 <= OWNERS / 2; lost += 5) {
      for (int i = lost; i < lost + 5; i++) {
        slapd.delete("user" + i);
      }
      site.follow();
    }

    assertThat(site.rows().stream().filter(a -> a.state() == AllocationState.WITHHELD)).hasSize(5);
    assertThat(site.synchronizer.findings()).hasSize(25);
  }

  /** A2: single accounts are found, and every read of all accounts fails. */
  @Test
  void nothingIsAllocatedOnceReadsFailForTooLong() {
    allowReadsOfTwoSeconds();
    slapd.configure(SIZE_50);
    slapd.addAccount("new", FIRST_SLOT + 65536 + 5, 5002);
    int[] next = {0};

    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> site.allocate("user" + next[0]++))
                    .isInstanceOf(Unavailable.class));
  }
}
