/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.health.HealthCheck.Result;
import com.codahale.metrics.health.HealthCheckRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class TimedChecksTest {
  private final HealthCheckRegistry registry = new HealthCheckRegistry();
  private final TimedChecks checks = new TimedChecks(registry, Duration.ofMillis(300));

  @Test
  void hungChecksAreUnhealthyAndNotBegunAgain() {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch allBegun = new CountDownLatch(5);
    AtomicInteger begun = new AtomicInteger();
    for (int i = 0; i < 5; i++) {
      checks.register(
          "hung" + i,
          () -> {
            begun.incrementAndGet();
            allBegun.countDown();
            await(never);
            return Result.healthy();
          });
    }
    checks.register("well", Result::healthy);

    Map<String, Result> first = registry.runHealthChecks();
    await(allBegun);
    Map<String, Result> second = registry.runHealthChecks();

    assertThat(first.get("hung3").getMessage()).startsWith("no answer for ");
    assertThat(second.get("hung3").isHealthy()).isFalse();
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> registry.runHealthCheck("well").isHealthy());
    assertThat(begun).hasValue(5);
    never.countDown();
  }

  /** Each check waits for the others: one after the other, none would have a result. */
  @Test
  void checksRunSideBySide() {
    TimedChecks patient = new TimedChecks(registry, Duration.ofMinutes(1));
    CountDownLatch allBegun = new CountDownLatch(5);
    for (int i = 0; i < 5; i++) {
      patient.register(
          "check" + i,
          () -> {
            allBegun.countDown();
            await(allBegun);
            return Result.healthy();
          });
    }

    assertThat(registry.runHealthChecks().values()).hasSize(5).allMatch(Result::isHealthy);
  }

  @Test
  void whatACheckThrowsIsUnhealthy() {
    checks.register(
        "broken",
        () -> {
          throw new IllegalStateException("away");
        });

    assertThat(registry.runHealthCheck("broken").getMessage()).isEqualTo("away");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
