/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static io.cadastre.service.registry.CallerSite.TEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cadastre.service.directory.Dirsrv;
import io.cadastre.service.ledger.PoolRegister;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.subid.AcceptedClaims;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.OwnerName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The life of many owners on a real 389-DS. */
@Tag("slow")
class DirsrvLifeTest {
  private static final int OWNERS = 200;
  private static Optional<Dirsrv> shared = Optional.empty();

  @BeforeAll
  static void start() {
    assumeTrue(
        Dirsrv.isInstalled(), "SKIPPED: 389-DS is not installed (Debian package 389-ds-base)");
    shared = Optional.of(Dirsrv.shared());
    shared.get().clear();
  }

  @AfterAll
  static void stop() {
    shared.ifPresent(Dirsrv::clear);
  }

  @Test
  void ownersArePublishedRenamedRetiredDeletedAndRebuiltWithEqualRows() {
    Dirsrv server = shared.orElseThrow();
    List<String> names = IntStream.range(0, OWNERS).mapToObj(i -> "user" + i).toList();
    names.forEach(name -> server.addAccount(name, 5000 + names.indexOf(name), 5000));
    try (TestLedger ledger = TestLedger.inMemory();
        TestLedger fresh = TestLedger.fresh();
        Site site = Site.ready(ledger.ledger(), server.configuration())) {
      names.forEach(site::allocate);
      site.drain();
      assertThat(site.published()).hasSize(OWNERS).isEqualTo(site.rows());

      for (String name : names.subList(0, 15)) {
        server.rename(name, name + "-smith");
      }
      names.subList(20, 23).forEach(server::delete);
      for (String name : names.subList(40, 60)) {
        site.ownerCommands.retire(new OwnerName(name), TEST);
      }
      for (String name : names.subList(60, 65)) {
        site.ownerCommands.supersede(new OwnerName(name), Optional.empty(), false, TEST);
      }
      AccountSynchronizer.Followed followed = site.follow();
      assertThat(followed.followed()).isEqualTo(15);
      assertThat(followed.withheld()).isEqualTo(3);
      site.drain();
      List<Allocation> rows = site.unrevised();
      assertThat(site.published()).hasSize(OWNERS + 5).isEqualTo(site.shown());
      assertThat(site.reconciler.report()).isEmpty();

      PoolRegister.record(fresh.ledger(), List.of(TestLedger.DEFAULT_POOL), AcceptedClaims.NONE);
      new AdoptionCommands(fresh.ledger(), site.directory.publish(), ChangeGate.open(), site.rules)
          .adopt(OptionalLong.empty(), false, TEST);
      try (Site rebuilt = Site.ready(fresh.ledger(), server.configuration())) {
        assertThat(rebuilt.unrevised()).isEqualTo(rows);
        assertThat(Site.snapshotRows(rebuilt.ledger)).isEqualTo(Site.snapshotRows(site.ledger));
        assertThat(rebuilt.reconciler.report()).isEmpty();
      }
    }
  }
}
