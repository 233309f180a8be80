/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import io.cadastre.service.api.EventsJson;
import io.cadastre.service.api.Paths;
import io.cadastre.service.registry.AuditLogQueries;
import io.cadastre.service.registry.EventPage;
import io.cadastre.service.rest.http.PageLimit;
import io.cadastre.subid.OwnerName;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;

/** The audit log. */
@Path(Paths.EVENTS)
@Produces(MediaType.APPLICATION_JSON)
public final class EventsResource {
  private final AuditLogQueries events;

  EventsResource(AuditLogQueries events) {
    this.events = events;
  }

  /** Oldest first. */
  @GET
  @Operation(summary = "The events after a number, of all owners or of one")
  @ApiResponse(
      responseCode = "200",
      description = "The events of the page, the oldest first, and where the next page begins",
      useReturnTypeSchema = true)
  public EventsJson events(
      @Parameter(description = "The number of the last event before the page")
          @DefaultValue("0")
          @QueryParam("after")
          long after,
      @Parameter(description = "Only of the owner who has this name, or had it last")
          @QueryParam("owner")
          Optional<OwnerName> owner,
      @QueryParam("limit") Optional<PageLimit> limit) {
    EventPage page = events.after(after, owner, PageLimit.rows(limit));
    return new EventsJson(page.events(), page.next());
  }
}
