/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.plugin;

import io.cadastre.node.Main;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** check and storage-conf on additional image stores, compared with Podman. */
@Tag("slow")
class ImageStoresTest {
  @Test
  void checkPredictsWhetherPodmanOpensTheStore() throws Exception {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    PluginTests.passes(
        10,
        PluginTests.script("private-system"),
        PluginTests.NATIVE,
        Path.of("src/test/sh/image-stores").toAbsolutePath().toString(),
        Path.of(System.getProperty("java.home"), "bin/java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-cp",
        classPath,
        Main.class.getName());
  }
}
