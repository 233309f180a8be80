/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

/**
 * What became of publishing one owner.
 *
 * @param stableId the owner
 * @param outcome what became of it
 * @param reason why it failed; empty text otherwise
 * @param isOfTheWhole whether it failed because the directory takes nothing from anybody now
 */
public record Publication(String stableId, Outcome outcome, String reason, boolean isOfTheWhole) {
  /** What can become of it. */
  public enum Outcome {
    /** The directory now says what the ledger says. */
    PUBLISHED,
    /** The owner has no DN, so there is nothing to publish. */
    NONE,
    /** The directory refused; trying again may help once the reason is gone. */
    FAILED
  }

  /** Whether the directory refused. */
  public boolean hasFailed() {
    return outcome == Outcome.FAILED;
  }
}
