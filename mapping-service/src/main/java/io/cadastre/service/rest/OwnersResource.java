/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import io.cadastre.service.api.AllocateJson;
import io.cadastre.service.api.AllocatedJson;
import io.cadastre.service.api.ContainsJson;
import io.cadastre.service.api.HoldingJson;
import io.cadastre.service.api.Paths;
import io.cadastre.service.api.ReasonJson;
import io.cadastre.service.api.RebindJson;
import io.cadastre.service.api.SupersedeJson;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.registry.AllocationResult.Allocated;
import io.cadastre.service.registry.AllocationResult.Outcome;
import io.cadastre.service.registry.IdentityCommands;
import io.cadastre.service.registry.OwnerCommands;
import io.cadastre.service.registry.OwnerQueries;
import io.cadastre.service.rest.http.Callers;
import io.cadastre.service.rest.http.NameOrUid;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.OwnerName;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One owner: allocate, look up, retire, supersede, rebind. */
@Path(Paths.OWNER)
@Produces(MediaType.APPLICATION_JSON)
public final class OwnersResource {
  private final OwnerCommands commands;
  private final OwnerQueries queries;
  private final IdentityCommands identities;

  OwnersResource(OwnerCommands commands, OwnerQueries queries, IdentityCommands identities) {
    this.commands = commands;
    this.queries = queries;
    this.identities = identities;
  }

  /** Idempotent: an owner with a range keeps it. */
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Allocate a range, or reinstate that of a retired owner")
  @ApiResponse(
      responseCode = "201",
      description = "A range was allocated",
      content = @Content(schema = @Schema(implementation = AllocatedJson.class)))
  @ApiResponse(
      responseCode = "200",
      description = "The owner had it already, or it was reinstated",
      content = @Content(schema = @Schema(implementation = AllocatedJson.class)))
  public Response allocate(
      @Encoded @PathParam("name") OwnerName name,
      @Nullable AllocateJson body,
      @Context HttpServletRequest request) {
    Allocated result =
        commands.allocate(
            Objects.requireNonNullElse(body, AllocateJson.NOTHING).requestFor(name),
            auditContext(request));
    return Response.status(result.outcome() == Outcome.CREATED ? 201 : 200)
        .entity(AllocatedJson.of(result))
        .build();
  }

  /** libsubid's list_owner_ranges, and more. */
  @GET
  @Operation(summary = "Look an owner up by present or former name, or by uid if it is all digits")
  @ApiResponse(
      responseCode = "200",
      description = "The owner and the allocation; the events have the history",
      useReturnTypeSchema = true)
  public HoldingJson owner(
      @Parameter(description = "The name, or the uid if all digits") @Encoded @PathParam("name")
          NameOrUid owner) {
    return HoldingJson.of(queries.owner(owner.text()));
  }

  /** Idempotent, except for a name that the ledger has never known, and for a former name. */
  @DELETE
  @Operation(summary = "Retire an owner; the range remains reserved for that owner")
  @ApiResponse(responseCode = "204", description = "Retired, now or before")
  public Response retire(
      @Encoded @PathParam("name") OwnerName name,
      @Parameter(description = "The owner meant, among those who have or had the name")
          @QueryParam("stableId")
          Optional<String> stableId,
      @Parameter(description = "Why; kept in the event") @QueryParam("reason")
          Optional<String> reason,
      @DefaultValue("false") @QueryParam("dryRun") boolean dryRun,
      @Context HttpServletRequest request) {
    commands.retire(
        name, stableId, dryRun, Callers.auditContext(request, new ReasonJson(reason).reason()));
    return Response.noContent().build();
  }

  /** The old range stays in the owner's history, closed for good. */
  @POST
  @Path(Paths.SUPERSEDE)
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Move an owner to a new range; a reason is required")
  @ApiResponse(responseCode = "200", description = "The new allocation", useReturnTypeSchema = true)
  public AllocatedJson supersede(
      @Encoded @PathParam("name") OwnerName name,
      @DefaultValue("false") @QueryParam("dryRun") boolean dryRun,
      @Nullable SupersedeJson body,
      @Context HttpServletRequest request) {
    SupersedeJson asked =
        Objects.requireNonNullElse(body, new SupersedeJson(Optional.empty(), Optional.empty()));
    return AllocatedJson.of(
        commands.supersede(
            name, asked.pool(), dryRun, Callers.auditContext(request, asked.reason())));
  }

  /** Records an admin's statement that the account with another stable ID is the owner. */
  @POST
  @Path(Paths.REBIND)
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Tie an owner to the account's new stable ID; a reason is required")
  @ApiResponse(
      responseCode = "200",
      description = "The owner and the allocation",
      useReturnTypeSchema = true)
  public HoldingJson rebind(
      @Encoded @PathParam("name") OwnerName name,
      @DefaultValue("false") @QueryParam("dryRun") boolean dryRun,
      @Nullable RebindJson body,
      @Context HttpServletRequest request) {
    RebindJson asked = Objects.requireNonNullElse(body, RebindJson.NOTHING);
    return HoldingJson.of(
        identities.rebind(
            asked.requestFor(name), dryRun, Callers.auditContext(request, asked.reason())));
  }

  /** libsubid's has_range. */
  @GET
  @Path(Paths.CONTAINS)
  @Operation(summary = "Whether an owner's active range contains this one")
  @ApiResponse(
      responseCode = "200",
      description = "Whether the active range contains it",
      useReturnTypeSchema = true)
  public ContainsJson contains(
      @Parameter(description = "The name, or the uid if all digits") @Encoded @PathParam("name")
          NameOrUid owner,
      @Parameter(required = true, description = "subuid or subgid") @QueryParam("type") IdType type,
      @Parameter(required = true, description = "The first ID") @QueryParam("start") long start,
      @Parameter(required = true, description = "The number of IDs") @QueryParam("count")
          long count) {
    return new ContainsJson(queries.contains(owner.text(), type, range(start, count)));
  }

  private static IdRange range(long start, long count) {
    try {
      return new IdRange(start, count);
    } catch (IllegalArgumentException e) {
      throw new Refused(RefusalCode.BAD_REQUEST, e);
    }
  }

  private static AuditContext auditContext(HttpServletRequest request) {
    return Callers.auditContext(request, Optional.empty());
  }
}
