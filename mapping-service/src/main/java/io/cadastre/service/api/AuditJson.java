/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.registry.AuditReport;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The report of an audit.
 *
 * @param at when it ran
 * @param findings without the acknowledged ones
 * @param acknowledged the findings that the configuration acknowledges
 */
public record AuditJson(
    Instant at, List<FindingJson> findings, List<AcknowledgedJson> acknowledged) {
  /** Reads the answer of a service that acknowledges nothing as an empty list. */
  public AuditJson {
    acknowledged = Objects.requireNonNullElse(acknowledged, List.of());
  }

  /** The answer that reports this run. */
  public static AuditJson of(AuditReport report) {
    return new AuditJson(
        report.at(),
        FindingJson.all(report.findings()),
        report.acknowledged().stream().map(AcknowledgedJson::of).toList());
  }
}
