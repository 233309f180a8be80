/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.subid;

import static cadastre.subid.ReservedRange.Claim.FORBIDDEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of reserved IDs, at its edges. */
class ReservedIdsTest {

  @Test
  void forbidsEvery16BitId() {
    for (long id = 0; id < 65536; id++) {
      assertThat(ReservedIds.forbidding(new IdRange(id, 1), true)).as("ID %d", id).isNotEmpty();
    }
    assertThat(ReservedIds.forbidding(new IdRange(65536, 1), false)).isEmpty();
  }

  @Test
  void forbidsSnapdAndForeignImagesFromFirstToLast() {
    for (long id : List.of(524288L, 589823L, 2147352576L, 2147418111L)) {
      assertThat(ReservedIds.forbidding(new IdRange(id, 1), true)).as("ID %d", id).hasSize(1);
    }
    for (long id : List.of(524287L, 589824L, 2147352575L, 2147418112L)) {
      assertThat(ReservedIds.forbidding(new IdRange(id, 1), true)).as("ID %d", id).isEmpty();
    }
  }

  @Test
  void forbids2GiAndAboveUnlessOptedInto() {
    IdRange last = new IdRange(2147483647L, 1);
    IdRange first = new IdRange(2147483648L, 1);
    IdRange across = new IdRange(2147483647L, 2);

    assertThat(ReservedIds.forbidding(last, false)).isEmpty();
    assertThat(ReservedIds.forbidding(first, false)).hasSize(1);
    assertThat(ReservedIds.forbidding(across, false)).hasSize(1);
    assertThat(ReservedIds.forbidding(first, true)).isEmpty();
    assertThat(ReservedIds.forbidding(new IdRange(IdRange.MAX_ID, 1), false)).hasSize(1);
  }

  @Test
  void leavesTheDefaultPoolToUs() {
    IdRange pool = IdRange.between(1001062400, 1879048191);

    assertThat(ReservedIds.forbidding(pool, false)).isEmpty();
    assertThat(ReservedIds.touching(pool))
        .extracting(ReservedRange::claimant)
        .containsExactly("SSSD AD id-mapping, FreeIPA users");
  }

  @Test
  void isSortedAndItsProhibitionsDoNotOverlap() {
    assertThat(ReservedIds.TABLE)
        .isSortedAccordingTo(Comparator.comparingLong(row -> row.ids().start()));
    List<IdRange> forbidden =
        ReservedIds.TABLE.stream()
            .filter(row -> row.claim() == FORBIDDEN)
            .map(ReservedRange::ids)
            .toList();
    for (IdRange a : forbidden) {
      assertThat(forbidden.stream().filter(a::overlaps)).containsExactly(a);
    }
  }
}
