/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import io.cadastre.service.api.Paths;
import io.cadastre.service.event.RowChange;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.registry.SnapshotQueries;
import io.cadastre.service.rest.http.TextAnswer;
import io.cadastre.service.rest.text.ChangesText;
import io.cadastre.service.rest.text.CurrentSnapshot;
import io.cadastre.service.rest.text.ServedSnapshot;
import io.cadastre.service.rest.text.SnapshotCache;
import io.cadastre.subid.EventHead;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.Collection;

/** The changes of the snapshot since a serial. */
@Path(Paths.CHANGES)
@Produces(TextAnswer.MEDIA_TYPE)
public final class ChangesResource {
  /** The number of changes from which on the snapshot is the cheaper answer. */
  private static final int MOST = 10_000;

  private final SnapshotQueries queries;
  private final SnapshotCache snapshots;

  ChangesResource(SnapshotQueries queries, SnapshotCache snapshots) {
    this.queries = queries;
    this.snapshots = snapshots;
  }

  /** Returns only the header if nothing has changed. */
  @GET
  @Operation(summary = "The changes of the snapshot since a serial; 410 if they are not known")
  @ApiResponse(
      responseCode = "200",
      description = "The snapshot's header, then -row and +row lines",
      headers =
          @Header(
              name = EventHead.FIELD,
              description = CurrentSnapshot.FIELD_MEANING,
              schema = @Schema(implementation = String.class)),
      content = @Content(schema = @Schema(implementation = String.class)))
  @ApiResponse(responseCode = "410", description = "Take the snapshot instead")
  public Response changes(
      @Parameter(required = true, description = "The serial of the snapshot that the client has")
          @QueryParam("since")
          long since) {
    CurrentSnapshot current = snapshots.currentWithHead();
    ServedSnapshot served = current.served();
    long serial = served.view().head().serial();
    if (since > serial) {
      throw unknown("serial %d is ahead of the ledger, which is at %d".formatted(since, serial));
    }
    Collection<RowChange> changes =
        queries
            .changes(since, served.view(), MOST)
            .orElseThrow(
                () -> unknown("the changes since serial %d are not known".formatted(since)));
    return current.headed(Response.ok(ChangesText.of(served, changes)).build());
  }

  private static Refused unknown(String why) {
    return new Refused(
        RefusalCode.SERIAL_TOO_OLD, "%s; take GET %s instead".formatted(why, Paths.SNAPSHOT));
  }
}
