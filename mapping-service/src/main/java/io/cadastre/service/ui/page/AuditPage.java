/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.page;

import java.util.List;
import java.util.Optional;

/**
 * The findings of the last audit.
 *
 * @param at when it ran; empty if none has run since the start
 * @param severities the findings by severity, the worst first; none is empty
 * @param acknowledged the findings that the configuration acknowledges
 */
public record AuditPage(
    Frame frame, Optional<String> at, List<OfSeverity> severities, List<Known> acknowledged) {
  /** Copies the lists. */
  public AuditPage {
    severities = List.copyOf(severities);
    acknowledged = List.copyOf(acknowledged);
  }

  /**
   * Findings of one severity.
   *
   * @param shown those that are listed
   * @param count how many there are
   */
  public record OfSeverity(String severity, List<FindingView> shown, int count) {}

  /** A finding that an admin knows about, until a day, and why. */
  public record Known(FindingView finding, String until, String why) {}
}
