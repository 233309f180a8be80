/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.access.Bounds;
import io.cadastre.service.directory.DnTree;
import io.cadastre.subid.Owner;
import java.util.Optional;

/**
 * What is outside of a credential's bounds. Immutable.
 *
 * @param bound the bound, in words
 * @param found what the owner or the request has instead
 */
record Outside(String bound, String found) {

  /**
   * Returns the first bound that an owner is outside of; empty if within all.
   *
   * @param vouches whether the caller says who an account is: without a {@code dnBase} that is an
   *     account without a DN, since an entry under another's DN would take the other's place
   */
  static Optional<Outside> of(Bounds bounds, Owner owner, boolean vouches) {
    return ofUids(bounds, owner.uidNumber())
        .or(() -> ofPrefix(bounds, StableIdText.bySource(owner.stableId())))
        .or(() -> ofBase(bounds, owner.dn(), vouches));
  }

  /** Returns the bound on pools if this is another pool, or none; empty if it is within. */
  static Optional<Outside> ofPool(Bounds bounds, Optional<String> pool) {
    return bounds
        .pool()
        .filter(bound -> !pool.equals(Optional.of(bound)))
        .map(
            bound ->
                new Outside(
                    "pool " + bound,
                    pool.map(name -> "a range of pool " + name).orElse("a range of no pool")));
  }

  private static Optional<Outside> ofUids(Bounds bounds, long uidNumber) {
    return bounds
        .uids()
        .filter(range -> !range.contains(uidNumber))
        .map(range -> new Outside("uids " + range, "the uid " + uidNumber));
  }

  private static Optional<Outside> ofPrefix(Bounds bounds, Optional<String> stableId) {
    return bounds
        .stableIdPrefix()
        .filter(prefix -> stableId.filter(id -> id.startsWith(prefix)).isEmpty())
        .map(
            prefix ->
                new Outside(
                    "stable ids that begin with " + prefix,
                    stableId.map(id -> "the stable id " + id).orElse("no stable id")));
  }

  private static Optional<Outside> ofBase(Bounds bounds, Optional<String> dn, boolean vouches) {
    String found = dn.map(text -> "the DN " + text).orElse("no DN");
    if (bounds.dnBase().isEmpty()) {
      return vouches && dn.isPresent()
          ? Optional.of(new Outside("accounts without a DN, as it has no dnBase", found))
          : Optional.empty();
    }
    String base = bounds.dnBase().get();
    return dn.filter(text -> DnTree.holds(base, text)).isPresent()
        ? Optional.empty()
        : Optional.of(new Outside("accounts at or below " + base, found));
  }
}
