/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.access;

import java.util.Optional;

/**
 * What a credential is limited to, within its role. An empty bound does not limit.
 *
 * @param pool the pool that it may allocate from
 * @param uids the uids whose owners it may change
 * @param stableIdPrefix the prefix of the stable ids of these owners
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

  /** Returns whether it limits owners. */
  public boolean limitsOwners() {
    return uids.isPresent() || stableIdPrefix.isPresent() || dnBase.isPresent();
  }
}
