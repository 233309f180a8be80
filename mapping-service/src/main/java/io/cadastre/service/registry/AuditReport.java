/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.config.Acknowledgement;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Severity;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The findings of an audit, and its time.
 *
 * @param findings the findings that an admin has to look at
 * @param acknowledged the findings that the configuration acknowledges
 */
public record AuditReport(Instant at, List<Finding> findings, List<Acknowledged> acknowledged) {
  /** Copies the lists. */
  public AuditReport {
    findings = List.copyOf(findings);
    acknowledged = List.copyOf(acknowledged);
  }

  /** A finding and its acknowledgement. */
  public record Acknowledged(Finding finding, Acknowledgement acknowledgement) {}

  /** The report that counts the acknowledged findings apart. */
  static AuditReport of(Instant at, List<Finding> all, List<Acknowledgement> acknowledgements) {
    LocalDate today = at.atZone(ZoneOffset.UTC).toLocalDate();
    List<Finding> open = new ArrayList<>();
    List<Acknowledged> known = new ArrayList<>();
    for (Finding finding : all) {
      Optional<Acknowledgement> covering =
          acknowledgements.stream().filter(each -> each.covers(finding, today)).findFirst();
      covering.ifPresentOrElse(
          each -> known.add(new Acknowledged(finding, each)), () -> open.add(finding));
    }
    return new AuditReport(at, open, known);
  }

  /** {@code 3 findings, 1 of them errors; 2 acknowledged}. */
  public String summary() {
    return "%d findings, %d of them errors; %d acknowledged"
        .formatted(
            findings.size(),
            findings.stream().filter(f -> f.severity() == Severity.ERROR).count(),
            acknowledged.size());
  }
}
