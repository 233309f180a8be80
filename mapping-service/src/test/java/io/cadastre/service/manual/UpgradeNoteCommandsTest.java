/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The packages print docs/upgrade.note: its commands run as printed. */
class UpgradeNoteCommandsTest {
  private static final Path NOTE =
      Path.of(System.getProperty("cadastre.root"), "docs/upgrade.note");

  @Test
  void everyCommandParses() throws Exception {
    Matcher command = Pattern.compile("cadastre ([a-z][^\\n&]*)").matcher(Files.readString(NOTE));
    int parsed = 0;
    while (command.find()) {
      assertThat(ServiceManual.program().parseArgs(command.group(1).strip().split(" +", -1)))
          .isNotNull();
      parsed++;
    }
    assertThat(parsed).isGreaterThan(3);
  }
}
