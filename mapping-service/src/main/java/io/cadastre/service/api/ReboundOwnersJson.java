/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.registry.IdentityCommands.Match;
import java.util.List;

/** The owners that were, or would be, rebound. */
public record ReboundOwnersJson(List<ReboundOwnerJson> owners) {
  /**
   * An owner.
   *
   * @param owner as the account is now
   * @param formerStableId the stable ID that the ledger had
   */
  public record ReboundOwnerJson(OwnerJson owner, String formerStableId) {}

  /** The answer that reports these. */
  public static ReboundOwnersJson of(List<Match> matches) {
    return new ReboundOwnersJson(
        matches.stream()
            .map(
                match ->
                    new ReboundOwnerJson(
                        OwnerJson.of(match.account()), match.stored().owner().stableId()))
            .toList());
  }
}
