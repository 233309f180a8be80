/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import io.cadastre.service.api.AllocationsJson;
import io.cadastre.service.api.HoldingJson;
import io.cadastre.service.ledger.AllocationQuery;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.registry.PoolQueries;
import io.cadastre.service.rest.text.AllocationCsv;
import io.cadastre.subid.Allocation;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import java.util.Optional;

/** The listing of allocations, page by page as JSON or whole as CSV, by start of their subuids. */
@Path("/v1/allocations")
public final class AllocationsResource {
  private static final int USUAL = 100;
  private static final int MOST = 1000;

  private final Ledger ledger;
  private final PoolQueries pools;

  AllocationsResource(Ledger ledger, PoolQueries pools) {
    this.ledger = ledger;
    this.pools = pools;
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
  public AllocationsJson allocations(@BeanParam AllocationFilter filter) {
    AllocationQuery query = checked(filter.query(USUAL, MOST));
    List<Allocation> found = page(query, query.limit() + 1);
    boolean more = found.size() > query.limit();
    List<Allocation> shown = more ? found.subList(0, query.limit()) : found;
    return new AllocationsJson(
        shown.stream().map(HoldingJson::of).toList(),
        more
            ? Optional.of(Long.toString(shown.get(shown.size() - 1).uidRange().start()))
            : Optional.empty());
  }

  /** All rows, or as many as {@code limit} says; only for who asks for CSV rather than JSON. */
  @GET
  @Produces(AllocationCsv.MEDIA_TYPE + ";qs=0.5")
  @Operation(hidden = true)
  public Response export(@BeanParam AllocationFilter filter) {
    AllocationQuery query = checked(filter.query(Integer.MAX_VALUE, Integer.MAX_VALUE));
    return Response.ok(
            (StreamingOutput)
                out -> AllocationCsv.write(out, query, (after, limit) -> page(after, limit)))
        .type(AllocationCsv.MEDIA_TYPE)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"allocations.csv\"")
        .build();
  }

  private AllocationQuery checked(AllocationQuery query) {
    query.pool().ifPresent(pools::named);
    return query;
  }

  private List<Allocation> page(AllocationQuery query, int limit) {
    return ledger.read(
        queries ->
            queries.page(
                new AllocationQuery(
                    query.pool(),
                    query.state(),
                    query.owner(),
                    query.from(),
                    query.to(),
                    query.after(),
                    limit)));
  }
}
