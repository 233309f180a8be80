/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import io.cadastre.service.api.HoldingJson;
import io.cadastre.service.registry.OwnerQueries;
import io.cadastre.service.rest.http.Query;
import io.cadastre.subid.IdType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Who owns an ID, now or then: libsubid's find_subid_owners. */
@Path("/v1/ids")
@Produces(MediaType.APPLICATION_JSON)
public final class IdsResource {
  private final OwnerQueries lookups;
  private final Clock clock;

  IdsResource(OwnerQueries lookups, Clock clock) {
    this.lookups = lookups;
    this.clock = clock;
  }

  /** Whatever the allocation's state. */
  @GET
  @Path("subuid/{id}")
  @Operation(summary = "Whose a subuid is, or was at a moment")
  public HoldingJson subuidHolder(
      @Parameter(schema = @Schema(type = "integer", format = "int64")) @PathParam("id") String id,
      @Parameter(schema = @Schema(format = "date-time")) @Nullable @QueryParam("at") String at) {
    return holder(IdType.SUBUID, id, at);
  }

  /** Whatever the allocation's state. */
  @GET
  @Path("subgid/{id}")
  @Operation(summary = "Whose a subgid is, or was at a moment")
  public HoldingJson subgidHolder(
      @Parameter(schema = @Schema(type = "integer", format = "int64")) @PathParam("id") String id,
      @Parameter(schema = @Schema(format = "date-time")) @Nullable @QueryParam("at") String at) {
    return holder(IdType.SUBGID, id, at);
  }

  private HoldingJson holder(IdType type, String id, @Nullable String at) {
    return HoldingJson.of(
        lookups.holder(type, Query.id(type.word(), id), Query.past("at", at, clock.instant())));
  }
}
