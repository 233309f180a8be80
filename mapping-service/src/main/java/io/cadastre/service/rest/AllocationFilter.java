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
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;

/** The parameters of the listing; Jersey fills them in. */
public final class AllocationFilter {
  /** The pool of the allocations. */
  @Parameter(description = "Only allocations of this pool")
  @QueryParam("pool")
  public Optional<String> pool = Optional.empty();

  /** The state of the allocations. */
  @Parameter(description = "Only allocations in this state")
  @DefaultValue("any")
  @QueryParam("state")
  public StateFilter state = StateFilter.ANY;

  /** The owners' name. */
  @QueryParam("owner")
  public Optional<OwnerName> owner = Optional.empty();

  /** The ID that ranges reach or lie beyond. */
  @Parameter(description = "Only ranges that reach this ID or lie beyond it")
  @QueryParam("from")
  public Optional<Long> from = Optional.empty();

  /** The ID at or before which ranges start. */
  @Parameter(description = "Only ranges that start at or before this ID")
  @QueryParam("to")
  public Optional<Long> to = Optional.empty();

  /** The number of allocations at most. */
  @QueryParam("limit")
  public Optional<PageLimit> limit = Optional.empty();

  /** The {@code next} value of the previous page. */
  @Parameter(description = "The `next` value of the previous page")
  @QueryParam("cursor")
  public Optional<Long> cursor = Optional.empty();

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
