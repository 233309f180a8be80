/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The body that adopts published entries which the ledger does not know.
 *
 * @param reason why; kept in the events
 * @param acceptSerial the serial up to which entries are accepted, even if the step is large
 */
public record AdoptJson(Optional<String> reason, Optional<Long> acceptSerial) {
  /** The body with every field left out. */
  public static final AdoptJson NOTHING = new AdoptJson(Optional.empty(), Optional.empty());

  /** Checks the reason's form, as {@link ReasonJson} does. */
  public AdoptJson {
    reason.ifPresent(ReasonJson::check);
  }

  /** The accepted serial as the registry takes it. */
  public OptionalLong acceptedSerial() {
    return acceptSerial.map(OptionalLong::of).orElse(OptionalLong.empty());
  }
}
