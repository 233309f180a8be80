/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The configurations that both Podmans and both editions of the rules are asked about. */
final class StorageCorpus {
  /**
   * Where the parsers disagree, and the rules find a file broken that Podman takes. BurntSushi's
   * lets a table be opened again that dotted keys have made or opened, which TOML 1.0 forbids, and
   * so does tomlj.
   */
  static final Set<String> REOPENED = Set.of("toml-table-after-dotted", "toml-dotted-reopen");

  /**
   * What came with TOML 1.1, which the newer Podman's parser reads and tomlj does not: hexadecimal
   * escapes, inline tables of several lines or with a last comma, times without seconds.
   */
  static final Set<String> OF_TOML_1_1 =
      Set.of(
          "toml-escape-hex",
          "toml-inline-newline",
          "toml-inline-comma",
          "toml-value-83",
          "toml-value-85");

  private StorageCorpus() {}

  static List<StorageCase> cases() {
    List<StorageCase> cases =
        Stream.of(
                FlagCases.cases(),
                OptionCases.cases(),
                EnvironmentCases.cases(),
                PathCases.cases(),
                SyntaxCases.cases(),
                FileCases.cases(),
                SampleCases.cases())
            .flatMap(List::stream)
            .toList();
    long names = cases.stream().map(StorageCase::name).distinct().count();
    if (names < cases.size()) {
      throw new IllegalStateException("two cases have one name");
    }
    return cases;
  }
}
