/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The rewrites against files that Apptainer 1.4.5 of Debian left: {@code apptainer config fakeroot
 * --add postdoc3}, {@code --disable zoe} and after it {@code --enable zoe}.
 */
final class ApptainerRewriteTest {
  private static final Path RECORDED = Path.of("src/test/resources/apptainer");
  private final ApptainerRewrite apptainer =
      new ApptainerRewrite(Map.of("admin", 1000L, "zoe", 1003L, "postdoc3", 3001L));

  private static String recorded(String name) throws IOException {
    return Files.readString(RECORDED.resolve(name));
  }

  @Test
  void rewritesAsTheProgramDid() throws IOException {
    String before = recorded("before");
    assertThat(apptainer.add(before, "postdoc3")).isEqualTo(recorded("added"));
    assertThat(apptainer.disable(before, "zoe")).isEqualTo(recorded("disabled"));
    assertThat(apptainer.enable(recorded("disabled"), "zoe")).isEqualTo(recorded("enabled"));
  }

  @Test
  void leavesAFileAloneThatNeedsNoChange() throws IOException {
    String before = recorded("before");
    assertThat(apptainer.add(before, "zoe")).isEqualTo(before);
    assertThat(apptainer.enable(before, "zoe")).isEqualTo(before);
    assertThat(apptainer.disable(before, "postdoc3")).isEqualTo(before);
  }
}
