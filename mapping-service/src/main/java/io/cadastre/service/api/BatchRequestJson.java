/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.registry.AllocateRequest;
import io.cadastre.subid.NameRefused;
import io.cadastre.subid.OwnerName;
import java.util.Optional;

/**
 * A line of a batch: a name, and the fields of {@link AllocateJson}.
 *
 * @param name the account's login name; required
 */
public record BatchRequestJson(
    Optional<String> name,
    Optional<String> pool,
    Optional<Long> uidNumber,
    Optional<Long> gidNumber,
    Optional<String> stableId,
    Optional<String> dn,
    Optional<Boolean> reinstate) {

  /**
   * A line with a name.
   *
   * @param reinstate whether a retired owner gets the range back
   */
  public static BatchRequestJson named(String name, boolean reinstate) {
    return new BatchRequestJson(
        Optional.of(name),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        reinstate ? Optional.of(true) : Optional.empty());
  }

  /**
   * The request that this line makes.
   *
   * @throws Refused if it has no name, or its identity is incomplete or malformed
   */
  public AllocateRequest toRequest() {
    String given =
        name.orElseThrow(
            () -> new Refused(RefusalCode.BAD_REQUEST, "the line has no field \"name\""));
    try {
      return new AllocateJson(pool, uidNumber, gidNumber, stableId, dn, reinstate)
          .requestFor(new OwnerName(given));
    } catch (NameRefused e) {
      throw new Refused(RefusalCode.INVALID_NAME, e);
    }
  }
}
