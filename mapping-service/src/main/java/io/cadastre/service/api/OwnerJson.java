/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.subid.Owner;
import java.util.Optional;

/** An owner, as last known. */
public record OwnerJson(
    String stableId, String name, long uidNumber, long gidNumber, Optional<String> dn) {
  static OwnerJson of(Owner owner) {
    return new OwnerJson(
        owner.stableId(), owner.name().value(), owner.uidNumber(), owner.gidNumber(), owner.dn());
  }
}
