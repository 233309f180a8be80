/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.access.Bounds;
import io.cadastre.service.access.CredentialKind;
import io.cadastre.service.access.Principal;
import io.cadastre.service.access.RequestRate;
import io.cadastre.service.access.Role;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Bursts and rates, by a clock of the test. */
class RequestRatesTest {
  private final AtomicLong now = new AtomicLong();
  private final RequestRates rates =
      new RequestRates(
          new RequestRate(10, 2),
          new RequestRate(25, 5),
          new RequestRate(3, 1),
          new TimeMeter() {
            @Override
            public long currentTimeNanos() {
              return now.get();
            }

            @Override
            public boolean isWallClockBased() {
              return false;
            }
          });

  private static Principal token(String id) {
    return new Principal(
        "hook", Role.PROVISIONER, CredentialKind.TOKEN, Optional.of(id), Bounds.NONE);
  }

  private int taken(Principal principal, String address) {
    int taken = 0;
    while (taken < 1000 && rates.ofCaller(principal, address).isEmpty()) {
      taken++;
    }
    return taken;
  }

  @Test
  void aCredentialHasItsBurstAndThenItsRateWhereverItComesFrom() {
    assertThat(taken(token("A"), "192.0.2.1")).isEqualTo(10);
    assertThat(taken(token("A"), "192.0.2.2")).isZero();
    assertThat(rates.ofCaller(token("A"), "192.0.2.1"))
        .hasValueSatisfying(
            excess -> {
              assertThat(excess.source()).contains("hook");
              assertThat(excess.pause()).isEqualTo(Duration.ofMillis(500));
            });
    now.addAndGet(TimeUnit.SECONDS.toNanos(3));
    assertThat(taken(token("A"), "192.0.2.1")).isEqualTo(6);
  }

  @Test
  void anAddressHasItsBurstWithWhateverCredentials() {
    assertThat(taken(token("A"), "192.0.2.1")).isEqualTo(10);
    assertThat(taken(token("B"), "192.0.2.1")).isEqualTo(10);
    assertThat(taken(token("C"), "192.0.2.1")).isEqualTo(5);
    assertThat(taken(token("D"), "192.0.2.2")).isEqualTo(10);
    assertThat(taken(Principal.open("192.0.2.3"), "192.0.2.3")).isEqualTo(25);
  }

  /** What a credential may not ask is not taken from the others of its address. */
  @Test
  void oneCredentialDoesNotUseUpItsAddress() {
    taken(token("A"), "192.0.2.1");
    for (int i = 0; i < 100; i++) {
      assertThat(rates.ofCaller(token("A"), "192.0.2.1")).isPresent();
    }
    assertThat(taken(token("B"), "192.0.2.1")).isEqualTo(10);
  }

  @Test
  void failuresUseUpNothingOfValidCredentials() {
    for (int i = 0; i < 3; i++) {
      assertThat(rates.ofFailure("192.0.2.1")).isEmpty();
    }
    for (int i = 0; i < 1000; i++) {
      assertThat(rates.ofFailure("192.0.2.1")).isPresent();
    }
    assertThat(rates.ofFailure("192.0.2.2")).isEmpty();
    assertThat(taken(token("A"), "192.0.2.1")).isEqualTo(10);
  }

  @Test
  void theAddressesOfAHostWithIpv6AreOne() {
    for (int i = 0; i < 3; i++) {
      assertThat(rates.ofFailure("[2001:db8::%d]".formatted(i))).isEmpty();
    }
    assertThat(rates.ofFailure("2001:db8:0:0:ffff::1")).isPresent();
    assertThat(rates.ofFailure("[fe80::1%eth0]")).isEmpty();
    assertThat(rates.ofFailure("2001:db8:0:1::1")).isEmpty();
  }
}
