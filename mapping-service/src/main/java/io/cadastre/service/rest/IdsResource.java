/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import io.cadastre.service.api.HoldingJson;
import io.cadastre.service.api.Paths;
import io.cadastre.service.registry.OwnerQueries;
import io.cadastre.service.rest.http.ParameterValue;
import io.cadastre.service.rest.http.SubordinateId;
import io.cadastre.subid.IdType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** The owner of an ID, now or at a moment: libsubid's find_subid_owners. */
@Path(Paths.IDS)
@Produces(MediaType.APPLICATION_JSON)
public final class IdsResource {
  private final OwnerQueries owners;
  private final Clock clock;

  IdsResource(OwnerQueries owners, Clock clock) {
    this.owners = owners;
    this.clock = clock;
  }

  /** Finds allocations in every state. */
  @GET
  @Path(Paths.SUBUID_OWNER)
  @Operation(summary = "The owner of a subuid, now or at a moment")
  @ApiResponse(
      responseCode = "200",
      description = "The owner and the allocation",
      useReturnTypeSchema = true)
  public HoldingJson subuidOwner(
      @PathParam("id") SubordinateId id, @QueryParam("at") Optional<Instant> at) {
    return owner(IdType.SUBUID, id, at);
  }

  /** Finds allocations in every state. */
  @GET
  @Path(Paths.SUBGID_OWNER)
  @Operation(summary = "The owner of a subgid, now or at a moment")
  @ApiResponse(
      responseCode = "200",
      description = "The owner and the allocation",
      useReturnTypeSchema = true)
  public HoldingJson subgidOwner(
      @PathParam("id") SubordinateId id, @QueryParam("at") Optional<Instant> at) {
    return owner(IdType.SUBGID, id, at);
  }

  private HoldingJson owner(IdType type, SubordinateId id, Optional<Instant> at) {
    return HoldingJson.of(
        owners.holder(type, id.value(), at.map(moment -> ParameterValue.past(moment, clock))));
  }
}
