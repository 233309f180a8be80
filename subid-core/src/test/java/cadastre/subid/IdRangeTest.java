/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.subid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class IdRangeTest {
  @Test
  void endsAtTheHighestId() {
    assertThat(new IdRange(IdRange.MAX_ID, 1).last()).isEqualTo(IdRange.MAX_ID);
    assertThatThrownBy(() -> new IdRange(IdRange.MAX_ID, 2)).hasMessageContaining("count 2");
    assertThatThrownBy(() -> new IdRange(IdRange.MAX_ID + 1, 1)).hasMessageContaining("start");
  }

  @Test
  void adjoiningRangesDoNotOverlap() {
    assertThat(new IdRange(100, 10).overlaps(new IdRange(110, 10))).isFalse();
    assertThat(new IdRange(100, 11).overlaps(new IdRange(110, 10))).isTrue();
  }
}
