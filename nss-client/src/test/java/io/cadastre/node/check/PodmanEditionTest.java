/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.tree.NodeTree;
import io.cadastre.storage.Engine;
import io.cadastre.storage.Release;
import io.cadastre.storage.Step;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The edition of an installed Podman, by its answer to --version and by its program. */
class PodmanEditionTest {
  private static final String FUNCTION = "go.podman.io/storage/pkg/configfile.ParseTOML";

  @TempDir Path folder;

  /** A node whose Podman has this text at this offset. */
  private HostInspector program(int offset, String text) throws Exception {
    Path program = folder.resolve("usr/bin/podman");
    Files.createDirectories(program.getParent());
    byte[] bytes = new byte[offset + text.length()];
    byte[] function = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(function, 0, bytes, offset, function.length);
    Files.write(program, bytes);
    return host();
  }

  private HostInspector host() throws Exception {
    Files.createDirectories(folder.resolve("etc"));
    return new HostInspector(NodeTree.open(folder));
  }

  @ParameterizedTest
  @CsvSource({
    "podman version 4.3.1, 4.3",
    "podman version 5.4.2, 5.4",
    "podman version 6.1.1, 6.1",
    "podman version 6.0.0-dev, 6.0",
    "podman version 3.4.4, 4.3",
    "podman version 4.10.0, 4.9",
    "podman version 7.0.0, 6.1",
    "'WARN[0000] \"/\" is not a shared mount\npodman version 5.6.0', 5.6",
    "podman: not found, 4.3",
    "'', 4.3",
  })
  void theVersionIsTheEdition(String output, String podman) throws Exception {
    Engine engine = PodmanEdition.of(output, program(100, FUNCTION));
    assertThat(engine.podman().podman()).isEqualTo(podman);
    assertThat(engine.library()).isEqualTo(engine.podman());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, (1 << 16) - 25, 3 << 20})
  void a5_8WithTheNamesOfTheMergingLibraryHasItsRules(int offset) throws Exception {
    Engine engine = PodmanEdition.of("podman version 5.8.6\n", program(offset, FUNCTION));
    assertThat(engine.podman().podman()).isEqualTo("5.8");
    assertThat(engine.has(Step.MERGED)).isTrue();
    assertThat(engine.title()).isEqualTo("Podman 5.8 built with the storage library of 6.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "go.podman.io/storage/pkg/config.TomlConfig", "storage/pkg/configfile"})
  void a5_8WithoutTheNamesIsTheReleaseItself(String text) throws Exception {
    assertThat(PodmanEdition.of("podman version 5.8.6", program(2_000_000, text)).has(Step.MERGED))
        .isFalse();
  }

  @Test
  void a5_8WhoseProgramCannotBeReadIsTheReleaseItself() throws Exception {
    assertThat(PodmanEdition.of("podman version 5.8.2", host()))
        .isEqualTo(Engine.of("5.8.2").orElseThrow());
    Files.createDirectories(folder.resolve("usr/bin/podman"));
    assertThat(PodmanEdition.of("podman version 5.8.2", host()).podman()).isEqualTo(Release.V5_8);
  }

  @Test
  void anotherTreeHasTheFirstEdition() throws Exception {
    assertThat(PodmanEdition.detect(program(0, FUNCTION))).isEqualTo(Engine.LEGACY);
  }
}
