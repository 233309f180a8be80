/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static io.cadastre.service.registry.CallerSite.TEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cadastre.service.config.DirectoryConfiguration;
import io.cadastre.service.directory.DirectoryUnavailable;
import io.cadastre.service.directory.Slapd;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.PoolRegister;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.service.registry.AllocationResult.DirectoryState;
import io.cadastre.service.registry.AllocationResult.Outcome;
import io.cadastre.subid.AcceptedClaims;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdType;
import io.cadastre.subid.OwnerName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lost ledger, an old ledger, and a directory that is down. */
@Tag("slow")
class LossTest {
  private static final int OWNERS = 12;

  private final TestLedger database = TestLedger.inMemory();
  private Slapd slapd;

  @BeforeEach
  void start() {
    slapd = Slapd.start();
    for (int i = 0; i < 2 * OWNERS; i++) {
      slapd.addAccount("user" + i, 6000 + i, 6000 + i);
    }
  }

  @AfterEach
  void stop() {
    slapd.close();
    database.close();
  }

  private Site ready(Ledger ledger) {
    return Site.ready(ledger, slapd.configuration());
  }

  /** Makes owners in every state. */
  private static void live(Site site, int from) {
    for (int i = from; i < from + OWNERS; i++) {
      site.allocate("user" + i);
    }
    site.ownerCommands.retire(new OwnerName("user" + from), TEST);
    site.ownerCommands.supersede(new OwnerName("user" + (from + 1)), Optional.empty(), false, TEST);
    site.ownerCommands.retire(new OwnerName("user" + (from + 2)), TEST);
    site.reinstate("user" + (from + 2));
  }

  @Test
  void lostLedgerIsRebuiltFromTheDirectory() {
    try (Site site = ready(database.ledger());
        TestLedger fresh = TestLedger.fresh()) {
      live(site, 0);
      slapd.rename("user5", "renamed");
      site.follow();
      site.drain();
      List<Allocation> rows = site.unrevised();
      List<String> snapshot = Site.snapshotRows(site.ledger);

      PoolRegister.record(fresh.ledger(), List.of(TestLedger.DEFAULT_POOL), AcceptedClaims.NONE);
      new AdoptionCommands(fresh.ledger(), site.directory.publish(), ChangeGate.open(), site.rules)
          .adopt(OptionalLong.empty(), false, TEST);

      try (Site rebuilt = ready(fresh.ledger())) {
        assertThat(rebuilt.unrevised()).isEqualTo(rows);
        assertThat(Site.snapshotRows(rebuilt.ledger)).isEqualTo(snapshot);
        assertThat(rebuilt.reconciler.report()).isEmpty();
        assertThat(rebuilt.gate.obstacle()).isEmpty();
        Allocation next = rebuilt.allocate("user20").allocation();
        assertThat(rows).noneMatch(a -> a.uidRange().overlaps(next.uidRange()));
        assertThat(rebuilt.present("user0").state()).isEqualTo(AllocationState.RETIRED);
      }
    }
  }

  @Test
  void oldLedgerFileAllocatesNothingUntilItHasAdopted(@TempDir Path folder) throws IOException {
    Path ledger = folder.resolve("ledger");
    Path file = folder.resolve("ledger.mv.db");
    Path backup = folder.resolve("backup.mv.db");
    List<Allocation> rows;
    try (TestLedger first = TestLedger.inFile(ledger);
        Site site = ready(first.ledger())) {
      live(site, 0);
      site.drain();
    }
    Files.copy(file, backup);
    try (TestLedger second = TestLedger.inFile(ledger);
        Site site = ready(second.ledger())) {
      live(site, OWNERS);
      site.ownerCommands.supersede(new OwnerName("user0"), Optional.empty(), false, TEST);
      slapd.rename("user5", "renamed");
      site.follow();
      site.drain();
      rows = site.unrevised();
    }
    Files.copy(backup, file, StandardCopyOption.REPLACE_EXISTING);
    try (TestLedger restored = TestLedger.inFile(ledger)) {
      try (Site site = ready(restored.ledger())) {
        assertThatThrownBy(() -> site.allocate("user20"))
            .isInstanceOf(Unavailable.class)
            .hasMessageContaining("reconcile --adopt");
        assertThat(site.synchronizer.readAndFollow(FollowAcceptance.NOTHING, false)).isEmpty();

        AdoptionCommands adoptionCommands =
            new AdoptionCommands(site.ledger, site.directory.publish(), site.gate, site.rules);
        assertThat(adoptionCommands.adopt(OptionalLong.empty(), true, TEST).allocations())
            .isNotEmpty();
        adoptionCommands.adopt(OptionalLong.empty(), false, TEST);
        site.reconciler.report();

        assertThat(site.gate.obstacle()).isEmpty();
        assertThat(site.unrevised()).isEqualTo(rows);
        assertThat(site.allocate("user20").outcome()).isEqualTo(Outcome.UNCHANGED);
        slapd.addAccount("late", 7000, 7000);
        Allocation next = site.allocate("late").allocation();
        assertThat(rows).noneMatch(a -> a.uidRange().overlaps(next.uidRange()));
      }
    }
  }

  @Test
  void allocationsGoOnWhilePublishingIsDownAndAreAllPublishedAfterwards() {
    try (Slapd other = Slapd.start()) {
      DirectoryConfiguration here = slapd.configuration();
      DirectoryConfiguration split =
          new DirectoryConfiguration(
              here.mode(),
              here.profile(),
              here.identity(),
              other.configuration().publish(),
              here.embedded());
      try (Site site = Site.ready(database.ledger(), split)) {
        assertThat(site.allocate("user0").directory()).isEqualTo(DirectoryState.PUBLISHED);
        other.stop();
        site.allocate("user1");
        await().atMost(Duration.ofMinutes(1)).until(() -> !site.publisher.isWorking());
        for (int i = 2; i < OWNERS; i++) {
          assertThat(site.allocate("user" + i).directory()).isEqualTo(DirectoryState.PENDING);
        }
        other.restart();
        site.drain();

        assertThat(site.published()).isEqualTo(site.rows()).hasSize(OWNERS);
        assertThat(other.count(Slapd.SUBIDS)).isEqualTo(OWNERS);
        for (IdType type : IdType.values()) {
          assertThat(AllocationFindings.overlaps(type, site.rows())).isEmpty();
        }
      }
    }
  }

  @Test
  void publishingGoesOnAfterTheLedgerFailedToRecordIt() {
    try (Site site = ready(database.ledger())) {
      database.refuseOnce();
      site.allocate("user0");
      site.allocate("user1");
      site.drain();

      assertThat(site.published()).isEqualTo(site.rows()).hasSize(2);
    }
  }

  @Test
  void noOwnerIsWithheldWhileTheIdentityDirectoryIsDown() {
    try (Site site = ready(database.ledger())) {
      site.allocate("user0");
      slapd.stop();

      assertThatThrownBy(site.synchronizer::run).isInstanceOf(DirectoryUnavailable.class);
      assertThatThrownBy(() -> site.allocate("user1")).isInstanceOf(RuntimeException.class);
      assertThat(site.present("user0").state()).isEqualTo(AllocationState.ACTIVE);

      slapd.restart();
      assertThat(site.allocate("user1").outcome()).isEqualTo(Outcome.CREATED);
    }
  }
}
