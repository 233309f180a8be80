/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

/**
 * IDs that an operating system or a program claims.
 *
 * @param ids the IDs
 * @param claimant the operating system, the program or the use
 * @param claim how strict the claim is
 * @param source the document or the code of the claim
 * @param keyword the word for the claimant in {@code allowClaims}; empty for a forbidden range
 * @param remedy what keeps the claimant off the registry's ranges; empty for a forbidden range
 */
public record ReservedRange(
    IdRange ids, String claimant, Claim claim, String source, String keyword, String remedy) {
  /** How strict a claim is. */
  public enum Claim {
    /** No pool and no allocation may touch these IDs. */
    FORBIDDEN,
    /** Allowed only with {@code allowAbove2Gi} in the configuration. */
    ABOVE_2GI,
    /** Allowed only with the keyword in {@code allowClaims} of the configuration. */
    OPT_IN,
    /** Claimed by software that a site may run: a finding, and no refusal. */
    CLAIMED
  }

  /** Returns the setting that allows these IDs; empty for forbidden IDs. */
  public String setting() {
    return switch (claim) {
      case FORBIDDEN -> "";
      case ABOVE_2GI -> "allowAbove2Gi: true";
      case OPT_IN, CLAIMED -> "allowClaims: [%s]".formatted(keyword);
    };
  }

  /** Returns {@code first-last (claimant)}, for messages. */
  @Override
  public String toString() {
    return "%d-%d (%s)".formatted(ids.start(), ids.last(), claimant);
  }
}
