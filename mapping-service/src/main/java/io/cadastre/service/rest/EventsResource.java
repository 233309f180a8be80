/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import io.cadastre.service.api.EventsJson;
import io.cadastre.service.event.Event;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.rest.http.Query;
import io.cadastre.subid.OwnerName;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The audit log. */
@Path("/v1/events")
@Produces(MediaType.APPLICATION_JSON)
public final class EventsResource {
  private static final int USUAL = 100;
  private static final int MOST = 1000;

  private final Ledger ledger;

  EventsResource(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Oldest first. */
  @GET
  @Operation(summary = "The events after a number, of one owner if wanted")
  public EventsJson events(
      @Parameter(schema = @Schema(type = "integer", format = "int64"))
          @Nullable
          @QueryParam("after")
          String after,
      @Nullable @QueryParam("owner") String owner,
      @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "1000"))
          @Nullable
          @QueryParam("limit")
          String limit) {
    long seq = Query.number("after", after).orElse(0);
    int most = Query.limit(limit, USUAL, MOST);
    Optional<String> name = Query.ownerName(owner).map(OwnerName::value);
    List<Event> found = ledger.read(queries -> queries.eventsAfter(seq, name, most + 1));
    boolean more = found.size() > most;
    List<Event> shown = more ? found.subList(0, most) : found;
    return new EventsJson(
        shown, more ? Optional.of(shown.get(shown.size() - 1).seq()) : Optional.empty());
  }
}
