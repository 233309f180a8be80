/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import static io.cadastre.storage.fitness.UpgradeScene.USER;
import static io.cadastre.storage.fitness.UpgradeScene.ZOE;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.storage.StorageRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A force_mask without a mount_program: "CreateReadWrite" of the overlay driver refuses it. */
class ForceMaskAloneTest {
  private static final String MASKED =
      """
      [storage]
      driver = "overlay"
      [storage.options.overlay]
      force_mask = "700"
      """;

  private static List<StorageRule> rules(String text, String engine) {
    StorageRequest request = UpgradeScene.of(USER, text).request(engine, ZOE);
    return Explanation.of(request, Facts.NONE).findings().stream()
        .map(StorageFinding::rule)
        .toList();
  }

  @Test
  void stopsContainersWhereItDoesNotStopEveryCall() {
    for (String engine : new String[] {"5.2", "5.4.2", "6.1"}) {
      assertThat(rules(MASKED, engine)).contains(StorageRule.FORCE_MASK_ALONE);
    }
    assertThat(rules(MASKED, "5.1"))
        .contains(StorageRule.REFUSED)
        .doesNotContain(StorageRule.FORCE_MASK_ALONE);
    assertThat(rules(MASKED + "mount_program = \"/usr/bin/fuse-overlayfs\"\n", "5.4.2"))
        .doesNotContain(StorageRule.FORCE_MASK_ALONE);
  }

  @Test
  void isLeftOutOfTheFileThatIsWritten() {
    String written =
        RecommendedConf.of(UpgradeScene.of(USER, MASKED).request("5.4.2", ZOE), Facts.NONE);
    assertThat(written).contains("# Left out: force_mask = 700: ").doesNotContain("\nforce_mask");
  }
}
