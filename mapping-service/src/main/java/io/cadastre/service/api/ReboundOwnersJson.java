/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.registry.IdentityCommands.Rebinding;
import java.util.List;

/**
 * The owners that were, or would be, rebound.
 *
 * @param undecided owners that stay as they are, since several accounts had the former stable ID:
 *     one line for each account
 */
public record ReboundOwnersJson(List<ReboundOwnerJson> owners, List<UndecidedOwnerJson> undecided) {
  /**
   * An owner.
   *
   * @param owner as the account is now
   * @param formerStableId the stable ID that the ledger had
   */
  public record ReboundOwnerJson(OwnerJson owner, String formerStableId) {}

  /**
   * An account that had the stable ID of a recorded owner in an earlier version.
   *
   * @param recorded the owner in the ledger
   * @param account one of the accounts
   */
  public record UndecidedOwnerJson(OwnerJson recorded, OwnerJson account) {}

  /** The answer that reports these. */
  public static ReboundOwnersJson of(Rebinding rebinding) {
    return new ReboundOwnersJson(
        rebinding.rebound().stream()
            .map(
                match ->
                    new ReboundOwnerJson(
                        OwnerJson.of(match.account()), match.stored().owner().stableId()))
            .toList(),
        rebinding.undecided().stream()
            .map(
                match ->
                    new UndecidedOwnerJson(
                        OwnerJson.of(match.stored().owner()), OwnerJson.of(match.account())))
            .toList());
  }
}
