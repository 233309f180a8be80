/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import io.cadastre.subid.Finding;
import io.cadastre.subid.Severity;
import java.util.List;
import java.util.stream.Stream;

/** Findings as lines for people; a migration may bring thousands, of which the first few tell. */
final class FindingLines {
  private static final int SHOWN = 10;

  private FindingLines() {}

  /** A line for each of the first few, and how many more there are. */
  static List<String> of(List<Finding> findings) {
    return Stream.concat(
            findings.stream().limit(SHOWN).map(FindingLines::line),
            findings.size() > SHOWN
                ? Stream.of("cadastre-node: and %d more".formatted(findings.size() - SHOWN))
                : Stream.of())
        .toList();
  }

  private static String line(Finding finding) {
    return "cadastre-node: %s: %s: %s: %s; %s"
        .formatted(
            finding.severity() == Severity.ERROR ? "error" : "warning",
            finding.rule(),
            finding.subject(),
            finding.message(),
            finding.remedy());
  }
}
