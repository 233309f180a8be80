/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.registry.AllocateRequest;
import io.cadastre.subid.OwnerName;
import java.util.Optional;

/**
 * The body that ties an owner to the account's new stable ID. The identity is only for {@code
 * identity.source: caller}: the account as it is now, as in a request for a range.
 *
 * @param reason why; kept in the event
 */
public record RebindJson(
    Optional<String> reason,
    Optional<Long> uidNumber,
    Optional<Long> gidNumber,
    Optional<String> stableId,
    Optional<String> dn) {
  /** The body with every field left out. */
  public static final RebindJson NOTHING =
      new RebindJson(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Checks the reason's form, as {@link ReasonJson} does. */
  public RebindJson {
    reason.ifPresent(ReasonJson::check);
  }

  /** The account in this body, checked as in a request for a range. */
  public AllocateRequest requestFor(OwnerName name) {
    return new AllocateJson(Optional.empty(), uidNumber, gidNumber, stableId, dn, Optional.empty())
        .requestFor(name);
  }
}
