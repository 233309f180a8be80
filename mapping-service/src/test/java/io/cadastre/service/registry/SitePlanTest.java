/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.subid.AcceptedClaims;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Pool;
import io.cadastre.subid.ReservedIds;
import io.cadastre.subid.Strategy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Review R28: which counts and segments carry a site, and which claims a pool crosses. */
class SitePlanTest {
  private static final AcceptedClaims ABOVE = new AcceptedClaims(true, Set.of());

  @Test
  void smallSiteFitsIntoTheDefaultPool() {
    SitePlan plan = new SitePlan(1000, 10, 10);

    assertThat(plan.ranges()).isEqualTo(2594);
    assertThat(plan.choice(65536))
        .hasValueSatisfying(
            choice -> {
              assertThat(choice.segments())
                  .containsExactly(IdRange.between(1001062400, 1879048191));
              assertThat(choice.slots()).isEqualTo(13397);
              assertThat(choice.isAbove2Gi()).isFalse();
            });
  }

  @Test
  void thirtyTwoThousandAccountsOf65536DoNotFitBelow2Gi() {
    SitePlan plan = new SitePlan(32_000, 0, 0);

    assertThat(plan.choice(65536)).hasValueSatisfying(c -> assertThat(c.isAbove2Gi()).isTrue());
    assertThat(plan.recommended()).isEqualTo(plan.choice(16384));
    assertThat(plan.choice(16384))
        .hasValueSatisfying(
            choice -> {
              assertThat(choice.segments()).hasSize(1);
              assertThat(choice.isAbove2Gi()).isFalse();
            });
  }

  @Test
  void sixtyFiveThousandAccountsOf65536FitNowhere() {
    assertThat(new SitePlan(65_000, 0, 0).choice(65536)).isEmpty();
    assertThat(new SitePlan(65_000, 0, 0).choice(8192)).isPresent();
  }

  @Test
  void everyChoiceIsAPoolThatTheServiceTakes() {
    for (long accounts : List.of(1L, 12_000L, 12_100L, 28_000L, 50_000L, 500_000L)) {
      for (long count : SitePlan.COUNTS) {
        Optional<SitePlan.Choice> choice = new SitePlan(accounts, 0, 0).choice(count);
        choice.ifPresent(
            c -> {
              Pool pool = new Pool("default", count, c.segments(), Strategy.NEXT_FREE, 1000);
              assertThat(pool.slots()).isEqualTo(c.slots()).isGreaterThan(accounts);
              AcceptedClaims accepted = c.isAbove2Gi() ? ABOVE : AcceptedClaims.NONE;
              assertThat(c.segments())
                  .allSatisfy(s -> assertThat(ReservedIds.forbidding(s, accepted)).isEmpty());
            });
      }
    }
  }

  @Test
  void refusesNumbersThatPlanNothing() {
    assertThatThrownBy(() -> new SitePlan(0, 0, 0)).hasMessageContaining("plan for 1 to");
    assertThatThrownBy(() -> new SitePlan(1, -1, 0)).hasMessageContaining("give 0 to 1000");
    assertThatThrownBy(() -> new SitePlan(1, Double.NaN, 0)).hasMessageContaining("0 to 1000");
    assertThatThrownBy(() -> new SitePlan(1, 0, 101)).hasMessageContaining("give 0 to 100");
  }

  @Test
  void checkWarnsOfEveryClaimThatAPoolCrosses() {
    Pool pool =
        new Pool(
            "default",
            65536,
            List.of(IdRange.between(1001062400, 1879048191)),
            Strategy.NEXT_FREE,
            1000);

    assertThat(PoolClaims.warnings(List.of(pool), AcceptedClaims.NONE))
        .hasSize(4)
        .anyMatch(line -> line.contains("getsubids kubelet") && line.contains("add kubelet to"))
        .allMatch(line -> line.startsWith("warning: pool default: [1001062400, 1879048191]"));
    assertThat(
            PoolClaims.warnings(
                List.of(pool),
                new AcceptedClaims(false, Set.of("kubelet", "apptainer", "sssd", "nspawn"))))
        .isEmpty();
  }
}
