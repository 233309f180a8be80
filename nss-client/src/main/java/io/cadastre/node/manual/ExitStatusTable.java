/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.manual;

import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.guard.Rule;
import io.cadastre.node.manual.ManPage.Entry;
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
            Stream.of(
                entry(
                    ExitStatus.OK,
                    "Done; or the service is away, and the last good snapshot is still served."),
                entry(ExitStatus.USAGE, "The command line is wrong."),
                entry(
                    ExitStatus.DATA_REFUSED,
                    "The snapshot, or what the node serves, is damaged; or a check failed."),
                entry(ExitStatus.NO_OWNER, "The owner has no range, or the ID has no owner."),
                entry(ExitStatus.UNAVAILABLE, "The server is no Cadastre service."),
                entry(ExitStatus.SOFTWARE, "A defect of this program."),
                entry(
                    ExitStatus.NO_MEMORY,
                    "The heap is too small; see JDK_JAVA_OPTIONS in java(1)."),
                entry(ExitStatus.CANNOT_CREATE, "A file cannot be replaced or created."),
                entry(ExitStatus.IO_ERROR, "Reading or writing failed."),
                entry(
                    ExitStatus.TRY_AGAIN,
                    "The service is away and there is no last good snapshot, or a lock is held."),
                entry(ExitStatus.CONFIGURATION, "The settings or the file tree are wrong.")),
            Stream.of(Rule.values())
                .filter(rule -> rule != Rule.DIGEST)
                .map(rule -> entry(rule.exitStatus(), rule.word() + ": " + rule.meaning())))
        .toList();
  }

  private static Entry entry(int status, String meaning) {
    return new Entry(Integer.toString(status), meaning);
  }
}
