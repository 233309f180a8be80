/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.registry.AuditReport;
import java.time.Instant;
import java.util.List;

/**
 * The report of an audit.
 *
 * @param at when it ran
 */
public record AuditJson(Instant at, List<FindingJson> findings) {
  /** The answer that reports this run. */
  public static AuditJson of(AuditReport report) {
    return new AuditJson(report.at(), FindingJson.all(report.findings()));
  }
}
