/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import java.util.Optional;

/**
 * The body that dismisses an entry of the directory.
 *
 * @param reason why; kept in the event
 * @param dn the entry's DN as a finding prints it; required
 */
public record DismissEntryJson(Optional<String> reason, Optional<String> dn) {
  /** The body with every field left out. */
  public static final DismissEntryJson NOTHING =
      new DismissEntryJson(Optional.empty(), Optional.empty());

  /** Checks the reason's form, as {@link ReasonJson} does. */
  public DismissEntryJson {
    reason.ifPresent(ReasonJson::check);
  }

  /**
   * The DN.
   *
   * @throws Refused if it was left out
   */
  public String requiredDn() {
    return dn.filter(text -> !text.isEmpty())
        .orElseThrow(() -> new Refused(RefusalCode.BAD_REQUEST, "the body has no field \"dn\""));
  }
}
