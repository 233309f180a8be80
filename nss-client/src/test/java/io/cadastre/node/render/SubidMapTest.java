/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.Snapshots;
import io.cadastre.subid.IdRange;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The map, compared with the golden file of the plugin's tests. */
final class SubidMapTest {
  private static final Path GOLDEN = Path.of("src/test/c/snapshot.golden.map");

  @Test
  void isTheGoldenFileByteForByte() throws Exception {
    assertThat(SubidMap.render(Snapshots.three(42), false)).isEqualTo(Files.readAllBytes(GOLDEN));
  }

  @Test
  void carriesTheGrantsInItsFlags() {
    ByteBuffer plain = ByteBuffer.wrap(SubidMap.render(Snapshots.three(42), false));
    ByteBuffer grants = ByteBuffer.wrap(SubidMap.render(Snapshots.three(42), true));
    assertThat(grants.getInt(12)).isEqualTo(1);
    grants.putInt(12, 0);
    assertThat(grants).isEqualTo(plain);
  }

  @Test
  void indexesAscendAsUnsignedNumbers() {
    ByteBuffer map =
        ByteBuffer.wrap(
            SubidMap.render(
                Snapshots.of(
                    1,
                    Snapshots.row("a", 0xFFFF_FFF0L, 1, new IdRange(4_000_000_000L, 1)),
                    Snapshots.row("b", 5, 2, new IdRange(100_000, 1))),
                false));
    int byUid = (int) map.getLong(72);
    int byStart = (int) map.getLong(80);
    assertThat(map.getInt(byUid)).isEqualTo(5);
    assertThat(Integer.toUnsignedLong(map.getInt(byUid + 8))).isEqualTo(0xFFFF_FFF0L);
    assertThat(map.getInt(byStart)).isEqualTo(100_000);
    assertThat(Integer.toUnsignedLong(map.getInt(byStart + 8))).isEqualTo(4_000_000_000L);
    // The row named comes second, after that of a.
    assertThat(map.getInt(byUid + 4)).isPositive();
    assertThat(map.getInt(byUid + 12)).isZero();
  }

  @Test
  void anEmptyMapHasNoRows() {
    ByteBuffer map = ByteBuffer.wrap(SubidMap.empty(false));
    assertThat(map.getLong(16)).isEqualTo(map.capacity());
    for (int at : new int[] {48, 72, 80, 88}) {
      assertThat(map.getLong(at)).isEqualTo(map.capacity());
    }
    assertThat(map.getLong(56)).isZero();
  }
}
