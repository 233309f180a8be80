/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.subid.Finding;

/** A finding. */
public record FindingJson(
    String rule, String severity, String subject, String message, String remedy) {
  static FindingJson of(Finding finding) {
    return new FindingJson(
        finding.rule(),
        finding.severity().word(),
        finding.subject(),
        finding.message(),
        finding.remedy());
  }
}
