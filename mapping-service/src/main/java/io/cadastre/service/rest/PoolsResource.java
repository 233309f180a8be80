/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import io.cadastre.service.api.Paths;
import io.cadastre.service.api.PoolJson;
import io.cadastre.service.api.PoolsJson;
import io.cadastre.service.registry.PoolUsageQueries;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The pools, how full they are and how long they last. */
@Path(Paths.POOLS)
@Produces(MediaType.APPLICATION_JSON)
public final class PoolsResource {
  private final PoolUsageQueries pools;

  PoolsResource(PoolUsageQueries pools) {
    this.pools = pools;
  }

  /** Returns all pools, the default first. */
  @GET
  @Operation(summary = "All pools")
  @ApiResponse(
      responseCode = "200",
      description = "All pools, the default first",
      useReturnTypeSchema = true)
  public PoolsJson pools() {
    return new PoolsJson(pools.all().stream().map(PoolJson::of).toList());
  }

  /** Returns one pool; 404 if no pool has the name. */
  @GET
  @Path(Paths.POOL)
  @Operation(summary = "One pool")
  @ApiResponse(responseCode = "200", description = "The pool", useReturnTypeSchema = true)
  public PoolJson pool(
      @Parameter(description = "The name of the pool") @PathParam("name") String name) {
    return PoolJson.of(pools.named(name));
  }
}
