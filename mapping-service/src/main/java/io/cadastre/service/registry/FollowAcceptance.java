/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.event.AuditContext;
import java.util.Optional;

/**
 * What an admin accepts of one read of the directory although it looks like a mistake.
 *
 * @param losses accepts that all missing owners are gone, and starts the day by which losses are
 *     counted anew; empty to withhold only a believable number
 * @param renames accepts every new name; empty to follow only a believable number
 */
public record FollowAcceptance(Optional<AuditContext> losses, Optional<AuditContext> renames) {
  /** Nothing: what a read at the interval accepts. */
  public static final FollowAcceptance NOTHING =
      new FollowAcceptance(Optional.empty(), Optional.empty());

  /** Accepts these for one admin. */
  public static FollowAcceptance by(AuditContext admin, boolean losses, boolean renames) {
    return new FollowAcceptance(
        losses ? Optional.of(admin) : Optional.empty(),
        renames ? Optional.of(admin) : Optional.empty());
  }
}
