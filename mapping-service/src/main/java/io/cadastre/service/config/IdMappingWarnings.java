/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.config;

import io.cadastre.service.idmap.SssdSlice;
import io.cadastre.service.idmap.SssdSlices;
import io.cadastre.subid.Pool;
import java.util.List;
import java.util.Optional;

/** What {@code check} says about the ID mapping of the nodes' SSSD. */
public final class IdMappingWarnings {
  private IdMappingWarnings() {}

  /** Returns a line for each thing that an admin should know; none without Active Directory. */
  public static List<String> of(CadastreConfiguration configuration) {
    Optional<SssdSlices> slices = configuration.identity().idMapping();
    if (slices.isPresent()) {
      return configuration.pools().stream()
          .flatMap(pool -> blocked(pool, slices.get()).stream())
          .toList();
    }
    return configuration
        .directory()
        .map(DirectoryConfiguration::identity)
        .filter(IdMappingWarnings::isActiveDirectory)
        .map(
            identity ->
                "identity.sssdIdMapping is not set, and directory.identity reads Active Directory (nameAttribute %s, stableIdAttribute %s): SSSD by default computes the IDs of its accounts, and ranges may contain them. If sssd.conf on all nodes has \"ldap_id_mapping = false\", set sssdIdMapping: none; otherwise name the domains, as in docs/active-directory.md"
                    .formatted(identity.nameAttribute(), identity.stableIdAttribute()))
        .stream()
        .toList();
  }

  private static boolean isActiveDirectory(IdentityConfiguration identity) {
    return identity.stableIdAttribute().equalsIgnoreCase("objectGUID")
        || identity.nameAttribute().equalsIgnoreCase("sAMAccountName");
  }

  private static Optional<String> blocked(Pool pool, SssdSlices slices) {
    long count =
        slices.all().stream()
            .map(SssdSlice::ids)
            .flatMapToLong(pool::slotsTouching)
            .distinct()
            .count();
    return count == 0
        ? Optional.empty()
        : Optional.of(
            "identity.sssdIdMapping keeps %d of the %d slots of pool %s free: SSSD may compute IDs in them"
                .formatted(count, pool.slots(), pool.name()));
  }
}
