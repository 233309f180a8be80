/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.registry.AdminCommands.Verification;
import java.util.List;

/**
 * The result of comparing the ledger with its own events.
 *
 * @param equal whether the tables are what the events say
 * @param events the number of events that were read
 * @param findings what differs, or is odd
 */
public record VerificationJson(boolean equal, long events, List<FindingJson> findings) {
  /** The answer that reports this verification. */
  public static VerificationJson of(Verification verification) {
    return new VerificationJson(
        verification.equal(), verification.events(), FindingJson.all(verification.findings()));
  }
}
