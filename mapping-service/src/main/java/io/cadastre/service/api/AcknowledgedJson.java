/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.registry.AuditReport.Acknowledged;
import java.time.LocalDate;

/**
 * A finding that the configuration acknowledges.
 *
 * @param until the last day (UTC) on which it is counted apart
 * @param why the reason
 */
public record AcknowledgedJson(FindingJson finding, LocalDate until, String why) {
  static AcknowledgedJson of(Acknowledged known) {
    return new AcknowledgedJson(
        FindingJson.of(known.finding()),
        known.acknowledgement().until(),
        known.acknowledgement().why());
  }
}
