/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.plugin;

import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The libsubid plugin under libFuzzer and the sanitizers: for a minute, or for {@code
 * cadastre.soak.runs} executions.
 */
@Tag("slow")
final class LibsubidFuzzTest {
  @Test
  void survivesDamagedFiles() throws Exception {
    Optional<String> runs = Optional.ofNullable(System.getProperty("cadastre.soak.runs"));
    PluginTests.passes(
        runs.isPresent() ? 60 : 5,
        PluginTests.script("run-fuzz"),
        PluginTests.NATIVE,
        runs.map(n -> "-runs=" + n).orElse("-max_total_time=60"));
  }
}
