/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.subid.AllocationState;
import io.cadastre.subid.OwnerName;
import java.util.Optional;

/**
 * What a listing of allocations asks for, in the order of their subuid starts.
 *
 * @param pool only allocations of this pool
 * @param state only allocations in this state
 * @param owner only allocations of owners of this name
 * @param from only ranges that reach this ID or beyond, inclusive
 * @param to only ranges that start at or before this ID, inclusive
 * @param after only ranges that start after this ID: the cursor; -1 for the first page
 * @param limit the number of allocations at most
 */
public record AllocationListing(
    Optional<String> pool,
    Optional<AllocationState> state,
    Optional<OwnerName> owner,
    long from,
    long to,
    long after,
    int limit) {

  /** The rest of this listing after a page. */
  AllocationListing after(long cursor, int rest) {
    return new AllocationListing(pool, state, owner, from, to, cursor, rest);
  }
}
