/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.check.SystemPrograms.ProgramResult;
import io.cadastre.storage.fitness.FileSystem.Giving;
import io.cadastre.subid.IdRange;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Parsing the output of a user's Podman, which the user controls. */
class ProbeTest {
  @Test
  void parsesTheOutputOfTheScript() {
    Probe probe =
        Probe.of(
            new ProgramResult(
                0, "map          0       4242          1\nmap 1 1001062400 65536\nowner 1:1\n"));
    assertThat(probe.uidMap()).containsExactly("0 4242 1", "1 1001062400 65536");
    assertThat(probe.giving()).isEqualTo(Optional.of(Giving.ALLOWED));
  }

  /** Review F6: N10 of a user with uid 31089 and the row 31089:4294770688:65536. */
  @Test
  void theHighestRangeIsMappedAsItIs() {
    Probe probe =
        Probe.of(new ProgramResult(0, "map 0 31089 1\nmap 1 4294770688 65536\nowner 1:1\n"));
    UserAccount user = new UserAccount("user1", 31089, 31089, Set.of(31089L), "/home/user1");
    assertThat(probe.mapped(user, List.of(new IdRange(4294770688L, 65536))).verdict())
        .isEqualTo(Verdict.PASS);
    assertThat(probe.mapped(user, List.of()).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  @Timeout(60)
  void parsesHostileOutputQuicklyAndTruncatesIt() {
    Probe probe = Probe.of(new ProgramResult(1, "chown: changing ownership : ".repeat(2300)));
    assertThat(probe.giving()).isEmpty();
    assertThat(probe.output()).hasSizeLessThan(2100);
    assertThat(Probe.of(new ProgramResult(0, "map 0 0 1\n".repeat(6500))).uidMap()).hasSize(340);
  }
}
