/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import io.cadastre.service.api.Paths;
import io.cadastre.service.rest.http.TextAnswer;
import io.cadastre.service.rest.text.CurrentSnapshot;
import io.cadastre.service.rest.text.SnapshotCache;
import io.cadastre.subid.EventHead;
import io.cadastre.subid.IdType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** The snapshot that nodes fetch, and the same as subuid(5) lines for people and scripts. */
@Path("")
@Produces(TextAnswer.MEDIA_TYPE)
public final class SnapshotResource {
  private final SnapshotCache snapshots;

  SnapshotResource(SnapshotCache snapshots) {
    this.snapshots = snapshots;
  }

  /** Returns header and rows of one serial. */
  @GET
  @Path(Paths.SNAPSHOT)
  @Operation(summary = "All active allocations, as nodes fetch them")
  @ApiResponse(
      responseCode = "200",
      description = "The snapshot of the current serial",
      headers =
          @Header(
              name = EventHead.FIELD,
              description = CurrentSnapshot.FIELD_MEANING,
              schema = @Schema(implementation = String.class)),
      content = @Content(schema = @Schema(implementation = String.class)))
  @ApiResponse(
      responseCode = "304",
      description = "If-None-Match names this snapshot",
      headers =
          @Header(
              name = EventHead.FIELD,
              description = CurrentSnapshot.FIELD_MEANING,
              schema = @Schema(implementation = String.class)))
  public Response snapshot(@Context HttpHeaders headers) {
    return TextAnswer.of(snapshots, headers);
  }

  /** Returns one line for each active owner. */
  @GET
  @Path(Paths.SUBUID)
  @Operation(summary = "The lines of /etc/subuid; owners as uids with owner=uid")
  @ApiResponse(
      responseCode = "200",
      description = "subuid(5) lines",
      content = @Content(schema = @Schema(implementation = String.class)))
  @ApiResponse(responseCode = "304", description = "If-None-Match names these lines")
  public Response subuid(
      @Parameter(description = "The column of the owner: name or uid")
          @DefaultValue("name")
          @QueryParam("owner")
          OwnerColumn owner,
      @Context HttpHeaders headers) {
    return lines(IdType.SUBUID, owner, headers);
  }

  /** Returns one line for each active owner. */
  @GET
  @Path(Paths.SUBGID)
  @Operation(summary = "The lines of /etc/subgid; owners as uids with owner=uid")
  @ApiResponse(
      responseCode = "200",
      description = "subgid(5) lines",
      content = @Content(schema = @Schema(implementation = String.class)))
  @ApiResponse(responseCode = "304", description = "If-None-Match names these lines")
  public Response subgid(
      @Parameter(description = "The column of the owner: name or uid")
          @DefaultValue("name")
          @QueryParam("owner")
          OwnerColumn owner,
      @Context HttpHeaders headers) {
    return lines(IdType.SUBGID, owner, headers);
  }

  private Response lines(IdType type, OwnerColumn owner, HttpHeaders headers) {
    return TextAnswer.of(snapshots.current().lines(type, owner == OwnerColumn.UID), headers);
  }
}
