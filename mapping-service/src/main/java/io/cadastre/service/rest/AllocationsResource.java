/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import io.cadastre.service.api.AllocationsJson;
import io.cadastre.service.api.HoldingJson;
import io.cadastre.service.api.Paths;
import io.cadastre.service.registry.AllocationListing;
import io.cadastre.service.registry.AllocationPage;
import io.cadastre.service.registry.ListingQueries;
import io.cadastre.service.rest.http.PageLimit;
import io.cadastre.service.rest.text.AllocationCsv;
import io.cadastre.subid.OwnerName;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.Optional;

/** The listing of allocations, page by page as JSON or whole as CSV, by start of their subuids. */
@Path(Paths.ALLOCATIONS)
public final class AllocationsResource {
  private final ListingQueries allocations;

  AllocationsResource(ListingQueries allocations) {
    this.allocations = allocations;
  }

  /** One page. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "A page of the allocations")
  @ApiResponse(
      responseCode = "200",
      description = "A page; with Accept: text/csv, all rows",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = AllocationsJson.class)),
        @Content(
            mediaType = AllocationCsv.MEDIA_TYPE,
            schema = @Schema(implementation = String.class))
      })
  public AllocationsJson allocations(
      @Parameter(description = "Only allocations of this pool") @QueryParam("pool")
          Optional<String> pool,
      @Parameter(description = "Only allocations in this state")
          @DefaultValue("any")
          @QueryParam("state")
          StateFilter state,
      @QueryParam("owner") Optional<OwnerName> owner,
      @Parameter(description = "Only ranges that reach this ID or lie beyond it")
          @QueryParam("from")
          Optional<Long> from,
      @Parameter(description = "Only ranges that start at or before this ID") @QueryParam("to")
          Optional<Long> to,
      @QueryParam("limit") Optional<PageLimit> limit,
      @Parameter(description = "The `next` value of the previous page") @QueryParam("cursor")
          Optional<Long> cursor) {
    AllocationPage page =
        allocations.page(new AllocationFilter(pool, state, owner, from, to, limit, cursor).page());
    return new AllocationsJson(
        page.allocations().stream().map(HoldingJson::of).toList(),
        page.next().map(next -> Long.toString(next)));
  }

  /** All rows, or as many as {@code limit} says, for a client that prefers CSV to JSON. */
  @GET
  @Produces(AllocationCsv.MEDIA_TYPE + ";qs=0.5")
  @Operation(hidden = true)
  public Response export(
      @QueryParam("pool") Optional<String> pool,
      @DefaultValue("any") @QueryParam("state") StateFilter state,
      @QueryParam("owner") Optional<OwnerName> owner,
      @QueryParam("from") Optional<Long> from,
      @QueryParam("to") Optional<Long> to,
      @QueryParam("limit") Optional<PageLimit> limit,
      @QueryParam("cursor") Optional<Long> cursor) {
    AllocationListing listing =
        new AllocationFilter(pool, state, owner, from, to, limit, cursor).all();
    allocations.check(listing);
    return Response.ok((StreamingOutput) out -> AllocationCsv.write(out, listing, allocations))
        .type(AllocationCsv.MEDIA_TYPE)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"allocations.csv\"")
        .build();
  }
}
