/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.subid.AllocationState;
import java.util.Optional;

/**
 * One page of a listing of allocations, in the order of their subuid starts.
 *
 * @param pool only allocations of this pool
 * @param state only allocations in this state
 * @param owner only allocations of owners with this name
 * @param from only ranges that reach this ID or beyond, inclusive
 * @param to only ranges that start at or before this ID, inclusive
 * @param after only ranges that start after this ID: the cursor; -1 for the first page
 * @param limit the most allocations to return
 */
public record AllocationQuery(
    Optional<String> pool,
    Optional<AllocationState> state,
    Optional<String> owner,
    long from,
    long to,
    long after,
    int limit) {}
