/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import java.util.Optional;

/**
 * The body that moves an owner to a new range.
 *
 * @param reason why; kept in the event
 * @param pool the pool of the new range; the default pool if left out
 */
public record SupersedeJson(Optional<String> reason, Optional<String> pool) {
  /** Checks the reason's form, as {@link ReasonJson} does. */
  public SupersedeJson {
    reason.ifPresent(ReasonJson::check);
  }
}
