/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import io.cadastre.service.registry.AllocationListing;
import io.cadastre.service.rest.http.PageLimit;
import io.cadastre.service.rest.http.ParameterValue;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.OwnerName;
import java.util.Optional;

/**
 * The parameters of the listing. The methods take them one by one: for a bean of parameters, Jersey
 * logs three stack traces with each refusal.
 *
 * @param pool the pool of the allocations
 * @param state the state of the allocations
 * @param owner the owners' name
 * @param from the ID that ranges reach or lie beyond
 * @param to the ID at or before which ranges start
 * @param limit the number of allocations at most
 * @param cursor the {@code next} value of the previous page
 */
record AllocationFilter(
    Optional<String> pool,
    StateFilter state,
    Optional<OwnerName> owner,
    Optional<Long> from,
    Optional<Long> to,
    Optional<PageLimit> limit,
    Optional<Long> cursor) {

  /** The listing of one page. */
  AllocationListing page() {
    return listing(PageLimit.rows(limit));
  }

  /** The listing of all allocations, or of as many as the limit says. */
  AllocationListing all() {
    return listing(limit.map(PageLimit::rows).orElse(Integer.MAX_VALUE));
  }

  private AllocationListing listing(int rows) {
    long first = from.orElse(0L);
    long last = to.orElse(IdRange.MAX_ID);
    if (first > last) {
      throw ParameterValue.refused(
          "from", Long.toString(first), "it lies behind to=%d".formatted(last));
    }
    return new AllocationListing(pool, state.state(), owner, first, last, cursor.orElse(-1L), rows);
  }
}
