/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static io.cadastre.service.registry.CallerRegistry.TEST;
import static io.cadastre.service.registry.CallerRegistry.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.failure.PoolHeld;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.ReservedNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Names that get no new range, and lines of a batch that are refused by themselves. */
class RefusedLinesTest {
  private final TestLedger database = TestLedger.inMemory(TestLedger.poolOf("default", 8));

  /** As the registry was before there were reserved names. */
  private final CallerRegistry before =
      new CallerRegistry(
          database.ledger(),
          new AdmissionRules(new ReservedNames(List.of()), false, new PoolHolds()));

  private final CallerRegistry site = new CallerRegistry(database.ledger());

  @AfterEach
  void close() {
    database.close();
  }

  private static void isRefused(ThrowingCallable change) {
    assertThatThrownBy(change)
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.code()).isEqualTo(RefusalCode.RESERVED_NAME));
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
    isRefused(() -> site.registry.supersede(new OwnerName("ftp"), Optional.empty(), false, TEST));
    site.retire("ftp");
    assertThat(site.allocate("ftp", 1009, "f").outcome()).isEqualTo(Outcome.REINSTATED);
  }

  @Test
  void ownerIsNotRenamedToAReservedName() {
    site.allocate("zoe", 1001, "z");

    isRefused(() -> site.allocate("daemon", 1001, "z"));
    assertThat(site.present("zoe").owner().uidNumber()).isEqualTo(1001);
  }

  @Test
  void lineThatTheDatabaseCannotHoldStopsNoOther() {
    database.cannotHold("yan");
    List<AllocateRequest> requests =
        List.of(request("zoe", 1001, "z"), request("yan", 1002, "y"), request("xia", 1003, "x"));

    List<BatchLine> lines = site.registry.allocateAll(requests, Optional.empty(), TEST);

    assertThat(lines)
        .extracting(BatchLine::name)
        .extracting(OwnerName::value)
        .containsExactly("zoe", "yan", "xia");
    assertThat(lines)
        .extracting(line -> line.granted().isPresent())
        .containsExactly(true, false, true);
    assertThat(lines.get(1).refused().orElseThrow())
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.code()).isEqualTo(RefusalCode.UNSTORABLE));
  }

  @Test
  void lineOfAHeldPoolStopsNoOther() {
    site.allocate("zoe", 1001, "z");
    PoolHolds holds = new PoolHolds();
    holds.set(Map.of("default", List.of("cn=junk")));
    CallerRegistry held =
        new CallerRegistry(
            database.ledger(), new AdmissionRules(ReservedNames.byDefault(), false, holds));

    List<BatchLine> lines =
        held.registry.allocateAll(
            List.of(request("zoe", 1001, "z"), request("yan", 1002, "y")), Optional.empty(), TEST);

    assertThat(lines.get(0).granted()).isPresent();
    assertThat(lines.get(1).refused().orElseThrow()).isInstanceOf(PoolHeld.class);
  }

  @Test
  void reservedLineStopsNoOther() {
    List<BatchLine> lines =
        site.registry.allocateAll(
            List.of(request("zoe", 1001, "z"), request("root", 1002, "r")), Optional.empty(), TEST);

    assertThat(lines.get(0).granted()).isPresent();
    assertThat(lines.get(1).refused()).containsInstanceOf(Refused.class);
  }
}
