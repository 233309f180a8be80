/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.config;

import io.cadastre.subid.Finding;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;

/**
 * A finding that an admin knows about. It is counted apart until a day.
 *
 * @param rule the rule of the finding, as the audit prints it
 * @param subject its subject, as the audit prints it
 * @param until the last day (UTC)
 * @param why the reason, for the next admin
 */
public record Acknowledgement(
    @NotBlank String rule,
    @NotBlank String subject,
    @NotNull LocalDate until,
    @NotBlank String why) {

  /** Whether this is about the finding, on this day. */
  public boolean covers(Finding finding, LocalDate today) {
    return finding.rule().equals(rule)
        && finding.subject().equals(subject)
        && !today.isAfter(until);
  }
}
