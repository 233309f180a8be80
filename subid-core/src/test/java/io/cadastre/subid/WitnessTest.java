/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WitnessTest {
  private static final UUID LEDGER = UUID.fromString("5e3d9ae0-0f1f-4a39-9c62-3c2a1ef8a111");
  private static final String HASH = "0a".repeat(32);
  private static final String OTHER = "0b".repeat(32);

  private static Witness witness(long number, String hash) {
    return new Witness(LEDGER, new EventHead(number, hash), Instant.ofEpochSecond(1795791600));
  }

  @Test
  void bothFormsOfALineAreRead() {
    Witness witness = witness(512, HASH);

    assertThat(witness.line()).isEqualTo(LEDGER + " 512 " + HASH + " 1795791600");
    assertThat(witness).hasToString(LEDGER + " 512 " + HASH + " 2026-11-27T15:00:00Z");
    assertThat(Witness.parse(witness.line())).contains(witness);
    assertThat(Witness.parse(witness.toString())).contains(witness);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "5e3d9ae0-0f1f-4a39-9c62-3c2a1ef8a111 1 HASH",
        "5e3d9ae0-0f1f-4a39-9c62-3c2a1ef8a111 1 HASH x",
        "5e3d9ae0-0f1f-4a39-9c62-3c2a1ef8a111 1 HASH 1 ",
        "5e3d9ae0-0f1f-4a39-9c62-3c2a1ef8a111 1 HASH 1 1",
        "5e3d9ae0-0f1f-4a39-9c62-3c2a1ef8a111  1 HASH 1",
        "5e3d9ae0-0f1f-4a39-9c62-3c2a1ef8a111 0 HASH 1",
        "5e3d9ae0-0f1f-4a39-9c62-3c2a1ef8a111 01 HASH 1",
        "5e3d9ae0-0f1f-4a39-9c62-3c2a1ef8a111 -1 HASH 1",
        "5e3d9ae0-0f1f-4a39-9c62-3c2a1ef8a111 9999999999999999999 HASH 1",
        "5e3d9ae0-0f1f-4a39-9c62-3c2a1ef8a111 1 HASH 999999999999999999",
        "5e3d9ae0-0f1f-4a39-9c62-3c2a1ef8a111 1 hash 1",
        "5e3d9ae0-0f1f-4a39-9c62-3c2a1ef8a11x 1 HASH 1",
        "5-3-4-9-3 1 HASH 1",
      })
  void otherTextIsNoWitness(String line) {
    assertThat(Witness.parse(line.replace("HASH", HASH))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", " ", "1 ", "1 2", "x HASH", "1  HASH", "1 HASH ", "1, HASH"})
  void otherTextIsNoHead(String text) {
    assertThat(EventHead.parse(text.replace("HASH", HASH))).isEmpty();
  }

  @Test
  void headIsReadAsItIsWritten() {
    EventHead head = new EventHead(Long.MAX_VALUE / 10, HASH);

    assertThat(EventHead.parse(head.toString())).contains(head);
    assertThatThrownBy(() -> new EventHead(0, HASH)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new EventHead(1, HASH.toUpperCase(Locale.ROOT)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sameNumberWithAnotherHashAndALowerNumberContradict() {
    Witness earlier = witness(10, HASH);

    assertThat(witness(10, HASH).contradicts(earlier)).isFalse();
    assertThat(witness(11, OTHER).contradicts(earlier)).isFalse();
    assertThat(witness(10, OTHER).contradicts(earlier)).isTrue();
    assertThat(witness(9, OTHER).contradicts(earlier)).isTrue();
    assertThat(
            new Witness(new UUID(0, 1), new EventHead(9, OTHER), Instant.EPOCH)
                .contradicts(earlier))
        .isFalse();
  }
}
