/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static io.cadastre.service.registry.CallerSite.TEST;
import static io.cadastre.service.registry.CallerSite.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.OwnerName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several people with one name or one uid, one after the other: each keeps their own range. */
class ReusedNamesTest {
  private final TestLedger database = TestLedger.inMemory(TestLedger.poolOf("default", 64));
  private final CallerSite site = new CallerSite(database.ledger());

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void retiringAgainDoesNotAffectFormerOwnersOfTheName() {
    Allocation old = site.allocate("zoe", 1001, "z").allocation();
    Allocation heir = site.allocate("zoe", 1002, "y").allocation();

    site.retire("zoe");
    site.retire("zoe");

    assertThat(stateOf(heir)).isEqualTo(AllocationState.RETIRED);
    assertThat(stateOf(old)).isEqualTo(AllocationState.WITHHELD);
    assertThat(site.present("zoe").id()).isEqualTo(heir.id());
  }

  @Test
  void retiredOwnerIsNotSupersededOnceAnotherHasTheUid() {
    site.allocate("zoe", 1001, "z");
    site.retire("zoe");
    Allocation yan = site.allocate("yan", 1001, "y").allocation();

    assertThatThrownBy(
            () -> site.ownerCommands.supersede(new OwnerName("zoe"), Optional.empty(), false, TEST))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.code()).isEqualTo(RefusalCode.WRONG_STATE))
        .hasMessageContaining("yan");
    assertThat(active()).containsExactly(yan);
  }

  @Test
  void presentOwnerOfTheNameIsReboundNotAFormerOne() {
    for (int uid = 1001; uid < 1009; uid++) {
      String name = "user" + uid;
      Allocation old = site.allocate(name, uid, "old-" + uid).allocation();
      site.allocate("other" + uid, uid + 1000, "new-" + uid);
      Allocation present = site.allocate(name, uid, "new-" + uid).allocation();

      Allocation rebound =
          site.identityCommands.rebind(request(name, uid, "newest-" + uid), false, TEST);

      assertThat(rebound.id()).isEqualTo(present.id());
      assertThat(stateOf(old)).isEqualTo(AllocationState.WITHHELD);
    }
  }

  @Test
  void rebindingLeavesOneOwnerOfTheName() {
    Allocation old = site.allocate("zoe", 1001, "z").allocation();
    Allocation heir = site.allocate("zoe", 1002, "y").allocation();

    Allocation rebound = site.identityCommands.rebind(request("zoe", 1001, "x"), false, TEST);

    assertThat(rebound.id()).isEqualTo(old.id());
    assertThat(active()).containsExactly(rebound);
    assertThat(stateOf(heir)).isEqualTo(AllocationState.WITHHELD);
  }

  private List<Allocation> active() {
    return site.ledger.read(queries -> queries.inState(AllocationState.ACTIVE));
  }

  private AllocationState stateOf(Allocation allocation) {
    return site.ledger.read(queries -> queries.byId(allocation.id()).orElseThrow().state());
  }
}
