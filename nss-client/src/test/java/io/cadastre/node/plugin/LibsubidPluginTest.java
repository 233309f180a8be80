/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.plugin;

import static io.cadastre.node.plugin.PluginTests.NATIVE;
import static io.cadastre.node.plugin.PluginTests.passes;
import static io.cadastre.node.plugin.PluginTests.script;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The libsubid plugin alone, with the programs of this system, and with those of Debian 13. */
final class LibsubidPluginTest {
  @Test
  void answersAndRefusesAsItsFormatSays() throws Exception {
    passes(2, "make", "-s", "-C", script(""), "OUT=" + NATIVE, "check");
  }

  @Test
  @Tag("slow")
  void servesGetsubidsNewuidmapAndPodman() throws Exception {
    passes(3, script("system-test"), NATIVE);
  }

  @Test
  @Tag("slow")
  void theSameBinaryServesDebian13() throws Exception {
    passes(10, script("debian13-test"), NATIVE);
  }
}
