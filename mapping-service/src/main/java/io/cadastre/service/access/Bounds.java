/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.access;

import java.util.Optional;

/**
 * What a credential is limited to, within its role. An empty bound does not limit, but where
 * callers say who an account is: a provisioner without {@code uids} changes nothing there, and one
 * without {@code dnBase} neither sends a DN nor changes an owner who has one (docs/decisions/0076).
 *
 * @param pool the pool that it may allocate from
 * @param uids the uids whose owners it may change
 * @param stableIdPrefix the prefix of the stable ids of these owners, as their source writes them
 * @param dnBase the DN at or below which their accounts lie
 * @param nodes for a node: the pattern of its host names, with {@code *} for any characters
 */
public record Bounds(
    Optional<String> pool,
    Optional<UidRange> uids,
    Optional<String> stableIdPrefix,
    Optional<String> dnBase,
    Optional<String> nodes) {
  /** No limit. */
  public static final Bounds NONE =
      new Bounds(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Returns the first bound on what a change may be about, in words; empty if there is none. */
  public Optional<String> ofChanges() {
    return pool.map(name -> "pool " + name)
        .or(() -> uids.map(range -> "uids " + range))
        .or(() -> stableIdPrefix.map(prefix -> "stable ids " + prefix + "..."))
        .or(() -> dnBase.map(base -> "accounts below " + base));
  }
}
