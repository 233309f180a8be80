/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.idmap;

import io.cadastre.subid.IdRange;

/**
 * The uids and gids that SSSD gives to one part of a domain's accounts and groups.
 *
 * @param domain the SID of the domain
 * @param firstRid the lowest RID in it; 0 for the domain's first slice, which every domain uses
 * @param ids the IDs
 */
public record SssdSlice(DomainSid domain, long firstRid, IdRange ids) {

  /** Whether it is the domain's first slice. The others count once a RID is high enough. */
  public boolean isFirst() {
    return firstRid == 0;
  }

  /** Returns the IDs, the domain and the RIDs in words. */
  @Override
  public String toString() {
    return "%d-%d (domain %s, RIDs from %d)"
        .formatted(ids.start(), ids.last(), domain.text(), firstRid);
  }
}
