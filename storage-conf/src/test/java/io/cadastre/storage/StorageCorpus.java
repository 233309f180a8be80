/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The configurations that every Podman and every edition of the rules is asked. */
final class StorageCorpus {
  /**
   * Files that Podman reads and the rules refuse. BurntSushi's decoder lets a header extend a table
   * that braces or dotted keys have made, and reads a list or a dotted key that occurs twice; TOML
   * 1.0 and 1.1 forbid it, and tomlj refuses it.
   */
  static final Set<String> REOPENED =
      Set.of(
          "toml-table-after-dotted",
          "toml-dotted-reopen",
          "toml-inline-reopen",
          "odd-inline-opened",
          "odd-array-twice",
          "odd-dotted-over",
          "odd-table-in-dotted");

  /**
   * Cases of a user whose paths of the system file only root can write (podman#29167). The newer
   * Podmans refuse them for that; the rules give the paths, and a node's check finds the reason.
   */
  static final Set<String> ROOTS_PATHS =
      Set.of("edition-roots-paths", "edition-roots-paths-beside", "edition-roots-runroot");

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
                SampleCases.cases(),
                OddCases.cases(),
                StepCases.cases(),
                EditionCases.cases(),
                RootsPathsCases.cases())
            .flatMap(List::stream)
            .toList();
    long names = cases.stream().map(StorageCase::name).distinct().count();
    if (names < cases.size()) {
      throw new IllegalStateException("two cases have one name");
    }
    return cases;
  }
}
