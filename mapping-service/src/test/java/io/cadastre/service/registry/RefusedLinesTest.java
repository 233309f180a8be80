/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static io.cadastre.service.registry.CallerSite.TEST;
import static io.cadastre.service.registry.CallerSite.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.failure.PoolHeld;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.service.registry.AllocationResult.Outcome;
import io.cadastre.subid.AcceptedClaims;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.ReservedNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reserved names, and single refused lines of a batch. */
class RefusedLinesTest {
  private final TestLedger database = TestLedger.inMemory(TestLedger.poolOf("default", 8));

  /** Without reserved names, as in earlier versions. */
  private final CallerSite before =
      new CallerSite(
          database.ledger(), AdmissionRules.of(new ReservedNames(List.of()), AcceptedClaims.NONE));

  private final CallerSite site = new CallerSite(database.ledger());

  @AfterEach
  void close() {
    database.close();
  }

  private static void isRefused(ThrowingCallable change) {
    assertThatThrownBy(change)
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.code()).isEqualTo(RefusalCode.RESERVED_NAME));
  }

  private static RuntimeException reason(AllocationResult result) {
    return result.fold(
        allocated -> {
          throw new AssertionError(allocated);
        },
        refused -> refused);
  }

  @Test
  void reservedNameGetsNoRange() {
    isRefused(() -> site.allocate("root", 1001, "r"));
    assertThat(site.allocate("zoe", 1002, "z").outcome()).isEqualTo(Outcome.CREATED);
  }

  @Test
  void recordedOwnerKeepsTheRangeAndGetsNoOther() {
    before.allocate("ftp", 1001, "f");

    assertThat(site.allocate("ftp", 1001, "f").outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(site.allocate("ftp", 1009, "f").allocation().owner().uidNumber()).isEqualTo(1009);
    isRefused(
        () -> site.ownerCommands.supersede(new OwnerName("ftp"), Optional.empty(), false, TEST));
    site.retire("ftp");
    assertThat(site.reinstate("ftp", 1009, "f").outcome()).isEqualTo(Outcome.REINSTATED);
  }

  @Test
  void ownerIsNotRenamedToAReservedName() {
    site.allocate("zoe", 1001, "z");

    isRefused(() -> site.allocate("daemon", 1001, "z"));
    assertThat(site.present("zoe").owner().uidNumber()).isEqualTo(1001);
  }

  @Test
  void lineThatTheDatabaseCannotStoreAffectsNoOther() {
    database.cannotHold("yan");
    List<AllocateRequest> requests =
        List.of(request("zoe", 1001, "z"), request("yan", 1002, "y"), request("xia", 1003, "x"));

    List<AllocationResult> lines =
        site.ownerCommands.allocateAll(requests, site.ownerCommands.runner(false), TEST);

    assertThat(lines)
        .extracting(
            result ->
                result.allocated().map(a -> a.allocation().owner().name().value()).orElse("none"))
        .containsExactly("zoe", "none", "xia");
    assertThat(reason(lines.get(1)))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.code()).isEqualTo(RefusalCode.UNSTORABLE));
  }

  @Test
  void lineOfAHeldPoolAffectsNoOther() {
    site.allocate("zoe", 1001, "z");
    site.gate.holdPools(Map.of("default", List.of("cn=junk")));

    List<AllocationResult> lines =
        site.ownerCommands.allocateAll(
            List.of(request("zoe", 1001, "z"), request("yan", 1002, "y")),
            site.ownerCommands.runner(false),
            TEST);

    assertThat(lines.get(0).allocated()).isPresent();
    assertThat(reason(lines.get(1))).isInstanceOf(PoolHeld.class);
  }

  @Test
  void reservedLineAffectsNoOther() {
    List<AllocationResult> lines =
        site.ownerCommands.allocateAll(
            List.of(request("zoe", 1001, "z"), request("root", 1002, "r")),
            site.ownerCommands.runner(false),
            TEST);

    assertThat(lines.get(0).allocated()).isPresent();
    assertThat(reason(lines.get(1))).isInstanceOf(Refused.class);
  }
}
