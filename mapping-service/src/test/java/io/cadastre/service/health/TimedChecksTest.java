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
import org.junit.jupiter.api.Test;

class TimedChecksTest {
  private final HealthCheckRegistry registry = new HealthCheckRegistry();
  private final TimedChecks checks = new TimedChecks(registry, Duration.ofMillis(300));

  @Test
  void hungChecksAreUnhealthyInTimeAndNotBegunAgain() {
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger begun = new AtomicInteger();
    for (int i = 0; i < 5; i++) {
      checks.register(
          "hung" + i,
          () -> {
            begun.incrementAndGet();
            await(never);
            return Result.healthy();
          });
    }
    checks.register("well", Result::healthy);
    long start = System.nanoTime();

    Map<String, Result> first = registry.runHealthChecks();
    Map<String, Result> second = registry.runHealthChecks();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    assertThat(first.get("hung3").getMessage()).startsWith("no answer for ");
    assertThat(first.get("well").isHealthy()).isTrue();
    assertThat(second.get("hung3").isHealthy()).isFalse();
    assertThat(begun).hasValue(5);
    never.countDown();
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
