/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.subid.Finding;
import io.cadastre.subid.Severity;
import java.util.List;

/** A finding. */
public record FindingJson(
    String rule, String severity, String subject, String message, String remedy) {
  /** The form of a finding. */
  public static FindingJson of(Finding finding) {
    return new FindingJson(
        finding.rule(),
        finding.severity().word(),
        finding.subject(),
        finding.message(),
        finding.remedy());
  }

  static List<FindingJson> all(List<Finding> findings) {
    return findings.stream().map(FindingJson::of).toList();
  }

  /** Whether something is wrong, rather than odd. */
  public boolean fails() {
    return severity.equals(Severity.ERROR.word());
  }
}
