/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.ScratchNode.Run;
import io.cadastre.subid.Snapshot;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Serials that no registry reaches, and the allocations that a snapshot may lack. */
final class SerialTest {
  private static final long HIGHEST = (1L << 53) - 1;
  private static final int SERIAL = 93;
  private static final int SHRUNK = 81;
  private static final UUID OTHER_LEDGER = UUID.fromString("00000000-1111-2222-3333-444444444444");

  private final TestRegistry registry = TestRegistry.serving(Snapshots.three(42));
  private ScratchNode node;

  @BeforeEach
  void setUp(@TempDir Path root) {
    node = new ScratchNode(root);
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private void accepts(String... args) {
    Run run = node.sync(registry, args);
    assertThat(run.status()).as(run.err()).isZero();
  }

  private void refuses(int status, String... said) {
    Map<String, String> before = node.files();
    Run run = node.sync(registry);
    assertThat(run.status()).as(run.err()).isEqualTo(status);
    assertThat(run.err()).contains(said);
    assertThat(node.files()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(longs = {HIGHEST + 1, Long.MAX_VALUE, -1, Long.MIN_VALUE})
  void aNewNodeRefusesASerialThatNoRegistryReaches(long serial) {
    registry.serve(Snapshots.three(serial));
    refuses(SERIAL, "serial: serial " + serial, "--accept serial@" + serial);
    accepts("--accept", "serial@" + serial);
    assertThat(node.run("verify").err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1000000042, 0", "1000000043, 93", "9007199254740991, 93", "9223372036854775807, 93"})
  void aSerialMayRiseByABillion(long serial, int status) {
    accepts();
    registry.serve(Snapshots.three(serial).render(), "serial " + serial);
    assertThat(node.sync(registry).status()).isEqualTo(status);
    accepts("--accept", "serial@" + serial);
  }

  @Test
  void theHighestSerialIsAccepted() {
    registry.serve(Snapshots.three(HIGHEST));
    accepts();
  }

  @Test
  void aNodeThatAcceptedAForgedSerialContinuesFromIt() {
    registry.serve(Snapshots.three(HIGHEST + 5));
    accepts("--accept", "serial@" + (HIGHEST + 5));
    registry.serve(Snapshots.three(HIGHEST + 6));
    accepts();
    assertThat(node.run("verify").err()).isEmpty();
    registry.serve(Snapshots.three(43));
    accepts("--accept", "older@43");
  }

  @ParameterizedTest
  @CsvSource({
    "-7, 9223372036854775807",
    "-7, 1000000000",
    "-9223372036854775808, 43",
    "9007199254740992, 9007200254740993",
    "9007199254740992, 9223372036854775807"
  })
  void andByStepsOfAtMostABillion(long forged, long next) {
    registry.serve(Snapshots.three(forged));
    accepts("--accept", "serial@" + forged);
    registry.serve(Snapshots.three(next).render(), "serial " + next);
    refuses(SERIAL, "serial: serial " + next, "--accept serial@" + next);
    accepts("--accept", "serial@" + next);
  }

  @Test
  void aNodeWithANegativeSerialContinuesWithARealOne() {
    registry.serve(Snapshots.three(-7));
    accepts("--accept", "serial@-7");
    registry.serve(Snapshots.three(43));
    accepts();
  }

  @Test
  void replacingAllAllocationsAtOnceIsALoss() {
    registry.serve(Snapshots.many(50, 100));
    accepts();
    Snapshot next = Snapshots.many(51, 200);
    registry.serve(Snapshot.of(next.ledger(), next.serial(), "", next.rows().subList(100, 200)));
    refuses(
        SHRUNK, "100 of the 100 allocations that the last one had are gone", "--accept shrunk@51");
  }

  @Test
  void anAcceptedLossHoldsForAThousandSerialsOfThatLedger() {
    registry.serve(Snapshots.many(50, 100));
    accepts();
    node.write("etc/cadastre/accept.d/loss", "shrunk@60\n");
    registry.serve(Snapshots.many(59, 80));
    refuses(SHRUNK, "--accept shrunk@59");
    registry.serve(Snapshots.many(1061, 80));
    refuses(SHRUNK, "--accept shrunk@1061");
    registry.serve(Snapshots.many(1060, 80));
    accepts();
    node.write("etc/cadastre/accept.d/loss", "shrunk@1060\n");
    registry.serve(Snapshots.many(1061, 60));
    accepts();
  }

  @Test
  void anAcceptedLossDoesNotHoldForAnotherLedger() {
    registry.serve(Snapshots.many(50, 100));
    accepts();
    node.write("etc/cadastre/accept.d/loss", "shrunk@60\nledger@" + OTHER_LEDGER + "\n");
    Snapshot rebuilt = Snapshots.many(61, 80);
    registry.serve(Snapshot.of(OTHER_LEDGER, 61, "", rebuilt.rows()));
    refuses(SHRUNK, "--accept shrunk@61");
    accepts("--accept", "shrunk@61");
    // The file is older than that ledger.
    registry.serve(Snapshot.of(OTHER_LEDGER, 62, "", Snapshots.many(62, 60).rows()));
    refuses(SHRUNK, "--accept shrunk@62");
  }
}
