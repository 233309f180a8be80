/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import io.cadastre.service.api.EventsJson;
import io.cadastre.service.api.Paths;
import io.cadastre.service.registry.AuditLogQueries;
import io.cadastre.service.registry.EventOwner;
import io.cadastre.service.registry.EventPage;
import io.cadastre.service.rest.http.EventParameters;
import io.cadastre.service.rest.http.PageLimit;
import io.cadastre.service.rest.text.AllocationCsv;
import io.cadastre.service.rest.text.EventCsv;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;

/** The audit log. */
@Path(Paths.EVENTS)
public final class EventsResource {
  private final AuditLogQueries events;

  EventsResource(AuditLogQueries events) {
    this.events = events;
  }

  /** Oldest first. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "The events after a number, of all owners or of one")
  @ApiResponse(
      responseCode = "200",
      description =
          "The events of the page, the oldest first, and where the next page begins; with Accept:"
              + " text/csv, all rows",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = EventsJson.class)),
        @Content(
            mediaType = AllocationCsv.MEDIA_TYPE,
            schema = @Schema(implementation = String.class))
      })
  public EventsJson events(
      @Parameter(description = "The number of the last event before the page")
          @DefaultValue("0")
          @QueryParam("after")
          long after,
      @Parameter(description = "Only of the owner who has this name, or had it last")
          @QueryParam("owner")
          Optional<OwnerName> owner,
      @Parameter(description = "Only of the owner with this stable ID") @QueryParam("stableId")
          Optional<String> stableId,
      @Parameter(description = "Only events at this time or later") @QueryParam("from")
          Optional<Instant> from,
      @Parameter(description = "Only events before this time") @QueryParam("to")
          Optional<Instant> to,
      @Parameter(description = "Only changes of this actor") @QueryParam("actor")
          Optional<String> actor,
      @Parameter(description = "Only events of this kind") @QueryParam("kind")
          Optional<String> kind,
      @Parameter(description = "Only events of the request with this ID") @QueryParam("request")
          Optional<String> request,
      @QueryParam("limit") Optional<PageLimit> limit) {
    EventPage page =
        events.after(
            after,
            new EventOwner(owner, stableId),
            EventParameters.conditions(from, to, actor, kind, request),
            PageLimit.rows(limit));
    return new EventsJson(page.events(), page.next());
  }

  /** All rows, or as many as {@code limit} says, for a client that prefers CSV to JSON. */
  @GET
  @Produces(AllocationCsv.MEDIA_TYPE + ";qs=0.5")
  @Operation(hidden = true)
  public Response export(
      @DefaultValue("0") @QueryParam("after") long after,
      @QueryParam("owner") Optional<OwnerName> owner,
      @QueryParam("stableId") Optional<String> stableId,
      @QueryParam("from") Optional<Instant> from,
      @QueryParam("to") Optional<Instant> to,
      @QueryParam("actor") Optional<String> actor,
      @QueryParam("kind") Optional<String> kind,
      @QueryParam("request") Optional<String> request,
      @QueryParam("limit") Optional<PageLimit> limit) {
    return EventCsv.answer(
        events,
        after,
        new EventOwner(owner, stableId),
        EventParameters.conditions(from, to, actor, kind, request),
        limit.map(PageLimit::rows).orElse(Integer.MAX_VALUE));
  }
}
