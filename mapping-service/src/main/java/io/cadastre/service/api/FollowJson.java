/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.event.AuditContext;
import io.cadastre.service.registry.FollowAcceptance;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The body that reads all accounts and follows them.
 *
 * @param reason why; kept in the events
 * @param acceptLoss whether to withhold the missing owners however many they are; false if left out
 * @param acceptRenames whether to follow all new names however many they are; false if left out
 * @param acceptEntitled so many newly entitled accounts may get ranges without a request, within an
 *     hour; for {@code identity.allocate: entitled}
 * @param forgetIds FIRST-LAST: forget these uids and gids of removed accounts; needs a reason
 */
public record FollowJson(
    Optional<String> reason,
    Optional<Boolean> acceptLoss,
    Optional<Boolean> acceptRenames,
    Optional<Long> acceptEntitled,
    Optional<String> forgetIds) {
  /** The body with every field left out. */
  public static final FollowJson NOTHING =
      new FollowJson(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Checks the reason's form, as {@link ReasonJson} does. */
  public FollowJson {
    reason.ifPresent(ReasonJson::check);
  }

  /** What an admin accepts by this body. */
  public FollowAcceptance acceptance(AuditContext admin) {
    return FollowAcceptance.by(admin, acceptLoss.orElse(false), acceptRenames.orElse(false));
  }

  /** The accepted number of newly entitled accounts. */
  public OptionalLong accounts() {
    return acceptEntitled.map(OptionalLong::of).orElse(OptionalLong.empty());
  }
}
