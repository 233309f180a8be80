/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.subid.Finding;
import java.time.Instant;
import java.util.List;

/** The findings of an audit, and its time. */
public record AuditReport(Instant at, List<Finding> findings) {
  /** Copies the list. */
  public AuditReport {
    findings = List.copyOf(findings);
  }
}
