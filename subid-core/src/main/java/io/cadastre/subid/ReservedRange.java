/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

/**
 * IDs that somebody claims.
 *
 * @param ids the IDs
 * @param claimant who claims them
 * @param claim how firmly
 * @param source where the claim is written
 */
public record ReservedRange(IdRange ids, String claimant, Claim claim, String source) {
  /** How firm a claim is. */
  public enum Claim {
    /** No pool and no allocation may touch these IDs. */
    FORBIDDEN,
    /** Allowed only where the configuration says {@code allowAbove2Gi}. */
    ABOVE_2GI,
    /** Claimed by software that a site may or may not run: a finding, not a refusal. */
    CLAIMED
  }

  /** {@code first-last (claimant)}, for messages. */
  @Override
  public String toString() {
    return "%d-%d (%s)".formatted(ids.start(), ids.last(), claimant);
  }
}
