/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.ledger.TestLedger;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Only one audit runs at a time, since each reads the whole ledger and the whole directory. */
class AuditAloneTest {
  @Test
  void secondAuditIsRefusedWhileTheFirstRuns() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (TestLedger ledger = TestLedger.inMemory()) {
      Audit audit =
          new Audit(
              ledger.ledger(),
              Accounts.none(),
              () -> {
                running.countDown();
                await(goOn);
                return List.of();
              },
              List.of(),
              Clock.systemUTC());
      Future<AuditReport> first = thread.submit(audit::run);
      await(running);

      assertThatThrownBy(audit::run)
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("GET /v1/audit");

      goOn.countDown();
      assertThat(first.get().findings()).isEmpty();
      assertThat(audit.run()).isNotNull();
    } finally {
      goOn.countDown();
      thread.shutdown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
