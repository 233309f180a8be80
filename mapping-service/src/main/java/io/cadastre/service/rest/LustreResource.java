/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import io.cadastre.service.api.Paths;
import io.cadastre.service.registry.NodemapQueries;
import io.cadastre.service.rest.http.TextAnswer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;

/** Commands for the servers of a Lustre file system. */
@Path(Paths.LUSTRE)
public final class LustreResource {
  private final NodemapQueries nodemaps;

  LustreResource(NodemapQueries nodemaps) {
    this.nodemaps = nodemaps;
  }

  /** Covers allocations in every state, since their files exist. */
  @GET
  @Path(Paths.NODEMAP)
  @Produces(TextAnswer.MEDIA_TYPE)
  @Operation(
      summary = "The lctl nodemap_add_idmap lines of all ranges, and the IDs that are squashed")
  @ApiResponse(
      responseCode = "200",
      description = "A shell script of lctl commands",
      useReturnTypeSchema = true)
  public String nodemap(
      @Parameter(description = "The nodemap's offset; goes with limit") @QueryParam("first")
          Optional<Long> first,
      @Parameter(description = "The number of IDs that the offset maps; goes with first")
          @QueryParam("limit")
          Optional<Long> limit,
      @Parameter(description = "Only the ranges of this pool") @QueryParam("pool")
          Optional<String> pool,
      @Parameter(description = "The nodemap's name") @DefaultValue("tenant") @QueryParam("name")
          String name) {
    return nodemaps.script(name, pool, first, limit);
  }
}
