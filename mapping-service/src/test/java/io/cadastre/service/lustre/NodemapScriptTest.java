/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.lustre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NodemapScriptTest {
  private static final Allocation ANN = allocation("ann", 100_000, 100_000);
  private static final Allocation BOB = allocation("bob", 165_536, 165_536);
  private static final Allocation ZOE = allocation("zoe", 1_001_062_400, 300_000);

  private static Allocation allocation(String name, long uids, long gids) {
    return new Allocation(
        UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
        new Owner("id-" + name, new OwnerName(name), 1000, 1000, Optional.empty()),
        Optional.empty(),
        new IdRange(uids, 65_536),
        new IdRange(gids, 65_536),
        AllocationState.ACTIVE,
        1);
  }

  private static String script(Optional<NodemapOffset> offset, Allocation... allocations) {
    return new NodemapScript("tenant", offset).of(List.of(allocations));
  }

  @Test
  void mapsEveryRangeToItselfAndJoinsThoseThatAdjoin() {
    assertThat(script(Optional.empty(), ZOE, BOB, ANN))
        .isEqualTo(
            """
            # 3 allocations
            lctl nodemap_add_idmap --name tenant --idtype uid --idmap 100000-231071:100000-231071
            lctl nodemap_add_idmap --name tenant --idtype uid --idmap 1001062400-1001127935:1001062400-1001127935
            lctl nodemap_add_idmap --name tenant --idtype gid --idmap 100000-231071:100000-231071
            lctl nodemap_add_idmap --name tenant --idtype gid --idmap 300000-365535:300000-365535
            """);
  }

  @Test
  void namesWhatAnOffsetWouldSquash() {
    assertThat(script(Optional.of(new NodemapOffset(5_000_000, 400_000)), ANN, ZOE))
        .isEqualTo(
            """
            # 2 allocations
            # client IDs 0 to 399999 are 5000000 to 5399999 on the file system
            # squashed: subuid 1001062400-1001127935 of zoe, allocation %s (active)
            lctl nodemap_add_idmap --name tenant --idtype uid --idmap 100000-165535:100000-165535
            lctl nodemap_add_idmap --name tenant --idtype gid --idmap 100000-165535:100000-165535
            lctl nodemap_add_idmap --name tenant --idtype gid --idmap 300000-365535:300000-365535
            # a limit that maps them: lctl nodemap_add_offset --name tenant --offset 5000000 --limit 1001127936
            """
                .formatted(ZOE.id()));
  }

  @Test
  void aRangeThatEndsWithTheLimitIsMappedAndOneIdLessSquashesIt() {
    assertThat(script(Optional.of(new NodemapOffset(0, 165_536)), ANN)).doesNotContain("squashed");
    assertThat(script(Optional.of(new NodemapOffset(0, 165_535)), ANN))
        .contains("squashed: subuid");
  }

  @Test
  void saysWhenNoLimitHelps() {
    assertThat(script(Optional.of(new NodemapOffset(4_000_000_000L, 1000)), ZOE))
        .contains("# no limit reaches them")
        .contains("an offset of at most 3293839359");
  }

  @Test
  void refusesAnOffsetThatLeavesTheIds() {
    assertThatThrownBy(() -> new NodemapOffset(4_294_967_294L, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4294967294");
    assertThatThrownBy(() -> new NodemapOffset(0, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThat(new NodemapOffset(4_294_967_294L, 1).clients()).isEqualTo(new IdRange(0, 1));
  }
}
