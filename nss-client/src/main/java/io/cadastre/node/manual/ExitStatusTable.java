/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.manual;

import io.cadastre.node.guard.Rule;
import io.cadastre.node.manual.ManPage.Entry;
import io.cadastre.subid.ExitCode;
import java.util.List;
import java.util.stream.Stream;

/**
 * The exit statuses of all commands with their meanings: those of sysexits.h, and one for each
 * rule.
 */
final class ExitStatusTable {
  private ExitStatusTable() {}

  /** The statuses in ascending order. */
  static List<Entry> entries() {
    return Stream.concat(
            Stream.of(ExitCode.values())
                .filter(exit -> exit != ExitCode.NO_INPUT)
                .map(exit -> entry(exit.code(), exit.meaning())),
            Stream.of(Rule.values())
                .filter(rule -> rule != Rule.DIGEST)
                .map(rule -> entry(rule.exitStatus(), rule.word() + ": " + rule.meaning())))
        .toList();
  }

  private static Entry entry(int status, String meaning) {
    return new Entry(Integer.toString(status), meaning);
  }
}
