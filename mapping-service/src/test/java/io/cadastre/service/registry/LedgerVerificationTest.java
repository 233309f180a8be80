/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static io.cadastre.service.registry.CallerSite.TEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.directory.Slapd;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.service.registry.AllocationResult.Outcome;
import io.cadastre.subid.Finding;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Changes before and after the verification of the ledger against its events. */
class LedgerVerificationTest {
  private final RunningWork works = new RunningWork(Clock.systemUTC());
  private TestLedger database;

  @BeforeEach
  void open() {
    database = TestLedger.inMemory();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private LedgerVerification verification(ChangeGate gate) {
    return new LedgerVerification(
        database.ledger(),
        gate,
        AdmissionRules.byDefault(),
        Clock.systemUTC(),
        "/etc/cadastre/cadastre.yml");
  }

  @Test
  void changesWaitForTheFirstRunAndLookUpsDoNot() {
    CallerSite site = new CallerSite(database.ledger());
    site.allocate("zoe", 1001, "z");
    LedgerVerification verification = verification(site.gate);

    assertThatThrownBy(() -> site.allocate("yan", 1002, "y"))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("since the start");
    assertThat(site.present("zoe").owner().uidNumber()).isEqualTo(1001);
    verification.runIfDue(works, () -> {}, report -> {}, () -> {});
    assertThat(site.allocate("yan", 1002, "y").outcome()).isEqualTo(Outcome.CREATED);
  }

  /** A million owners take a minute or two after a start: a page shows how far it is. */
  @Test
  void runIsShownWithTheEventsThatItHasFollowed() {
    CallerSite site = new CallerSite(database.ledger());
    site.allocate("zoe", 1001, "z");
    long events = database.ledger().head().lastEvent();

    verification(site.gate).runIfDue(works, () -> {}, report -> {}, () -> {});

    assertThat(works.all())
        .singleElement()
        .satisfies(
            work -> {
              assertThat(work.what()).isEqualTo("Verification of the ledger");
              assertThat(work.step()).startsWith("follows the events");
              assertThat(work.total()).isEqualTo(events).isPositive();
              assertThat(work.done()).isEqualTo(events);
              assertThat(work.end()).contains("done");
            });
  }

  @Test
  void differenceHoldsEveryChangeBackUntilItIsSettled() {
    CallerSite site = new CallerSite(database.ledger());
    site.allocate("zoe", 1001, "z");
    LedgerVerification verification = verification(site.gate);
    database.edit("UPDATE ledger SET serial = 0");

    assertThat(verification.run().count()).isEqualTo(1);

    assertThat(verification.findings()).extracting(Finding::rule).containsExactly("ledger-differs");
    assertThat(verification.findings().get(0).remedy())
        .endsWith("cadastre events settle /etc/cadastre/cadastre.yml --dry-run");
    assertThatThrownBy(() -> site.allocate("yan", 1002, "y")).isInstanceOf(Unavailable.class);
    assertThatThrownBy(() -> site.retire("zoe")).isInstanceOf(Unavailable.class);
    database.edit("UPDATE ledger SET serial = 1");
    assertThat(verification.run().isEqual()).isTrue();
    assertThat(site.allocate("yan", 1002, "y").outcome()).isEqualTo(Outcome.CREATED);
  }

  @Test
  @Tag("slow")
  void ledgerThatDiffersIsNotPublishedFollowedAdoptedOrRepaired() {
    try (Slapd slapd = Slapd.start();
        Site site = new Site(database.ledger(), slapd.configuration())) {
      LedgerVerification verification = verification(site.gate);
      database.edit("UPDATE ledger SET serial = 7");
      assertThat(verification.run().isEqual()).isFalse();
      AdoptionCommands adoptionCommands =
          new AdoptionCommands(database.ledger(), site.directory.publish(), site.gate, site.rules);

      site.reconciler.compareAtStart();

      assertThat(site.gate.obstacle(ChangeGate.Part.DIRECTORY)).isEmpty();
      assertThat(site.gate.obstacle()).isPresent();
      assertThat(site.synchronizer.readAndFollow(FollowAcceptance.NOTHING, false)).isEmpty();
      assertThatThrownBy(() -> adoptionCommands.adopt(OptionalLong.empty(), false, TEST))
          .isInstanceOf(Unavailable.class);
      assertThatThrownBy(() -> site.reconciler.repair()).isInstanceOf(Unavailable.class);
      assertThatThrownBy(() -> site.allocate("ada")).isInstanceOf(Unavailable.class);
    }
  }

  @Test
  void runIsDueAtTheStartAndADayLaterWithTheAudit() {
    SetClock clock = new SetClock();
    ChangeGate gate = ChangeGate.open();
    LedgerVerification verification =
        new LedgerVerification(
            database.ledger(), gate, AdmissionRules.byDefault(), clock, "cadastre.yml");
    AtomicInteger audits = new AtomicInteger();

    verification.runIfDue(works, () -> {}, report -> {}, audits::incrementAndGet);
    clock.now = clock.now.plus(Duration.ofHours(23));
    verification.runIfDue(works, () -> {}, report -> {}, audits::incrementAndGet);
    assertThat(audits).hasValue(0);
    database.edit("UPDATE ledger SET serial = 9");
    verification.runIfDue(works, () -> {}, report -> {}, audits::incrementAndGet);
    assertThat(gate.obstacle()).isEmpty();
    clock.now = clock.now.plus(Duration.ofHours(2));
    verification.runIfDue(works, () -> {}, report -> {}, audits::incrementAndGet);

    assertThat(audits).hasValue(1);
    assertThat(gate.obstacle()).isPresent();
  }

  @Test
  void eachPartHoldsChangesBackOnItsOwn() {
    ChangeGate gate = ChangeGate.closed();
    gate.hold(ChangeGate.Part.LEDGER, "edited");

    gate.release(ChangeGate.Part.DIRECTORY);
    assertThat(gate.obstacle()).isEqualTo(Optional.of("edited"));
    gate.hold(ChangeGate.Part.DIRECTORY, "ahead");
    gate.release(ChangeGate.Part.LEDGER);
    assertThat(gate.obstacle()).isEqualTo(Optional.of("ahead"));
    gate.release(ChangeGate.Part.DIRECTORY);
    assertThat(gate.obstacle()).isEmpty();
  }

  private static final class SetClock extends Clock {
    private Instant now = Instant.now();

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
