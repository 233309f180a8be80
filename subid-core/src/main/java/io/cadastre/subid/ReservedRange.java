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
 * @param source the document of the claim
 */
public record ReservedRange(IdRange ids, String claimant, Claim claim, String source) {
  /** How strict a claim is. */
  public enum Claim {
    /** No pool and no allocation may touch these IDs. */
    FORBIDDEN,
    /** Allowed only with {@code allowAbove2Gi} in the configuration. */
    ABOVE_2GI,
    /** Claimed by software that a site may run: a finding, and no refusal. */
    CLAIMED
  }

  /** Returns {@code first-last (claimant)}, for messages. */
  @Override
  public String toString() {
    return "%d-%d (%s)".formatted(ids.start(), ids.last(), claimant);
  }
}
