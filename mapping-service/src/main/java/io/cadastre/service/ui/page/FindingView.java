/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.page;

import io.cadastre.subid.Finding;
import io.cadastre.subid.Printable;

/** A finding of the audit as texts. */
public record FindingView(
    String rule, String severity, String subject, String message, String remedy) {
  /** The view of a finding. */
  public static FindingView of(Finding finding) {
    return new FindingView(
        finding.rule(),
        finding.severity().word(),
        Printable.of(finding.subject()),
        Printable.of(finding.message()),
        Printable.of(finding.remedy()));
  }
}
