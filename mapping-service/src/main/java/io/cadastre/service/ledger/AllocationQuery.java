/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.subid.AllocationState;
import java.util.Optional;

/**
 * What a listing of allocations asks for, in the order of their subuid starts.
 *
 * @param pool only this pool's
 * @param state only those in this state
 * @param owner only those of an owner of this name
 * @param from only ranges that reach this ID or beyond, inclusive
 * @param to only ranges that start at or before this ID, inclusive
 * @param after only ranges that start after this ID: the cursor; -1 for the first page
 * @param limit how many at most
 */
public record AllocationQuery(
    Optional<String> pool,
    Optional<AllocationState> state,
    Optional<String> owner,
    long from,
    long to,
    long after,
    int limit) {}
