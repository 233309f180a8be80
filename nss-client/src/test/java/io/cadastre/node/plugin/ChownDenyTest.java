/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.plugin;

import io.cadastre.node.Main;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** check and storage-conf on a file system that refuses chown, compared with Podman. */
@Tag("slow")
class ChownDenyTest {
  @Test
  void checkPredictsTheResultOfPodman() throws Exception {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    PluginTests.passes(
        5,
        PluginTests.script("private-system"),
        PluginTests.NATIVE,
        Path.of("src/test/sh/bindfs-test").toAbsolutePath().toString(),
        Path.of(System.getProperty("java.home"), "bin/java").toString(),
        "-cp",
        classPath,
        Main.class.getName());
  }
}
