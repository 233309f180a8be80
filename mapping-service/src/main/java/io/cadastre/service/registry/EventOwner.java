/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.subid.OwnerName;
import java.util.Optional;

/**
 * The owner of the events that are asked for; all owners if both are empty. Immutable.
 *
 * @param name the owner who has this name, or had it last
 * @param stableId the owner with this stable ID: it tells owners apart that had one name
 */
public record EventOwner(Optional<OwnerName> name, Optional<String> stableId) {
  /** All owners. */
  public static final EventOwner ANY = new EventOwner(Optional.empty(), Optional.empty());

  /**
   * Checks that at most one is given, and that an owner can have it.
   *
   * @throws Refused if both are, or if no owner can have this stable ID
   */
  public EventOwner {
    if (name.isPresent() && stableId.isPresent()) {
      throw new Refused(
          RefusalCode.BAD_REQUEST, "owner and stableId are given; the stable ID alone is enough");
    }
    if (stableId.filter(id -> id.isBlank() || id.chars().anyMatch(c -> c < ' ')).isPresent()) {
      throw new Refused(
          RefusalCode.BAD_REQUEST,
          "stableId is refused: it is empty or has a control character, and no owner has such an ID; GET /v1/owners/NAME shows the ID");
    }
  }

  /** The owner of this name. */
  public static EventOwner named(OwnerName name) {
    return new EventOwner(Optional.of(name), Optional.empty());
  }

  /** Whether the events of one owner are asked for. */
  boolean isOne() {
    return name.isPresent() || stableId.isPresent();
  }
}
