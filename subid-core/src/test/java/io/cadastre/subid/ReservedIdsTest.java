/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import static io.cadastre.subid.ReservedRange.Claim.FORBIDDEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first and last IDs of the table of reserved IDs. */
class ReservedIdsTest {
  private static final AcceptedClaims ABOVE = new AcceptedClaims(true, Set.of());
  private static final AcceptedClaims SNAPD = new AcceptedClaims(false, Set.of("snapd"));

  @Test
  void forbidsEvery16BitId() {
    for (long id = 0; id < 65536; id++) {
      assertThat(ReservedIds.forbidding(new IdRange(id, 1), ABOVE)).as("ID %d", id).isNotEmpty();
    }
    assertThat(ReservedIds.forbidding(new IdRange(65536, 1), AcceptedClaims.NONE)).isEmpty();
  }

  @Test
  void forbidsSnapdAndForeignImagesFromFirstToLast() {
    for (long id : List.of(524288L, 589823L, 2147352576L, 2147418111L)) {
      assertThat(ReservedIds.forbidding(new IdRange(id, 1), ABOVE)).as("ID %d", id).hasSize(1);
    }
    for (long id : List.of(524287L, 589824L, 2147352575L, 2147418112L)) {
      assertThat(ReservedIds.forbidding(new IdRange(id, 1), ABOVE)).as("ID %d", id).isEmpty();
    }
  }

  @Test
  void forbids2GiAndAboveUnlessOptedInto() {
    IdRange last = new IdRange(2147483647L, 1);
    IdRange first = new IdRange(2147483648L, 1);
    IdRange across = new IdRange(2147483647L, 2);

    assertThat(ReservedIds.forbidding(last, AcceptedClaims.NONE)).isEmpty();
    assertThat(ReservedIds.forbidding(first, AcceptedClaims.NONE)).hasSize(1);
    assertThat(ReservedIds.forbidding(across, AcceptedClaims.NONE)).hasSize(1);
    assertThat(ReservedIds.forbidding(first, ABOVE)).isEmpty();
    assertThat(ReservedIds.forbidding(new IdRange(IdRange.MAX_ID, 1), AcceptedClaims.NONE))
        .hasSize(1);
  }

  /** Review R10: the range is snapd's only where snapd runs. */
  @Test
  void forbidsSnapdsRangeUnlessTheSiteAcceptsTheClaim() {
    IdRange snapd = new IdRange(524288, 65536);

    assertThat(ReservedIds.forbidding(snapd, AcceptedClaims.NONE))
        .singleElement()
        .satisfies(r -> assertThat(r.setting()).isEqualTo("allowClaims: [snapd]"));
    assertThat(ReservedIds.forbidding(snapd, SNAPD)).isEmpty();
    assertThat(ReservedIds.forbidden(snapd)).isEmpty();
    assertThat(ReservedIds.forbidding(new IdRange(0, 1), SNAPD)).hasSize(1);
  }

  @Test
  void acceptedClaimsAreNoLongerWarnedOf() {
    IdRange pool = IdRange.between(1001062400, 1879048191);

    assertThat(ReservedIds.claiming(pool, AcceptedClaims.NONE))
        .extracting(ReservedRange::keyword)
        .containsExactly("kubelet", "apptainer", "sssd", "nspawn");
    assertThat(
            ReservedIds.claiming(
                pool, new AcceptedClaims(false, Set.of("kubelet", "apptainer", "nspawn"))))
        .extracting(ReservedRange::keyword)
        .containsExactly("sssd");
  }

  @Test
  void leavesTheDefaultPoolToUs() {
    IdRange pool = IdRange.between(1001062400, 1879048191);

    assertThat(ReservedIds.forbidding(pool, AcceptedClaims.NONE)).isEmpty();
    assertThat(ReservedIds.touching(pool))
        .extracting(ReservedRange::claim)
        .containsOnly(ReservedRange.Claim.CLAIMED);
  }

  @ParameterizedTest
  @CsvSource({
    "SSSD, 200000, 2000199999",
    "nspawn, 524288, 1879048191",
    "Incus, 1000000, 1000999999",
    "openSUSE, 100000000, 200000000",
    "kanidm, 1879048192, 2147483647",
    "himmelblau, 2100000000, 4200000000",
    "FreeIPA subids, 2147483648, 4294901759",
    "apptainer, 65536, 4294901759",
    "getsubids kubelet, 65536, 4294967294",
    "Docker, 100000, 165535",
  })
  void saysWhoClaimsIdsFromFirstToLast(String claimant, long first, long last) {
    assertThat(claimants(first)).anyMatch(c -> c.contains(claimant));
    assertThat(claimants(last)).anyMatch(c -> c.contains(claimant));
    if (last < IdRange.MAX_ID) {
      assertThat(claimants(last + 1)).noneMatch(c -> c.contains(claimant));
    }
  }

  private static List<String> claimants(long id) {
    return ReservedIds.touching(new IdRange(id, 1)).stream().map(ReservedRange::claimant).toList();
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
