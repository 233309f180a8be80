/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import java.util.Optional;

/**
 * The body that releases a range of an entry that the directory no longer has.
 *
 * @param reason why it is known to be unused; required, kept in the event
 * @param release the range as {@code FIRST-LAST}, both inclusive, or {@code START:COUNT}; required
 * @param localRows whether a range that a local row of a node has had is released too; false if
 *     left out
 */
public record ReleaseForeignJson(
    Optional<String> reason, Optional<String> release, Optional<Boolean> localRows) {
  /** The body with every field left out. */
  public static final ReleaseForeignJson NOTHING =
      new ReleaseForeignJson(Optional.empty(), Optional.empty(), Optional.empty());

  /** Checks the reason's form, as {@link ReasonJson} does. */
  public ReleaseForeignJson {
    reason.ifPresent(ReasonJson::check);
  }

  /**
   * The range.
   *
   * @throws Refused if it was left out
   */
  public String requiredRange() {
    return release
        .filter(text -> !text.isEmpty())
        .orElseThrow(
            () -> new Refused(RefusalCode.BAD_REQUEST, "the body has no field \"release\""));
  }
}
