/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import io.cadastre.service.event.RowChange;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.rest.http.Query;
import io.cadastre.service.rest.http.TextAnswer;
import io.cadastre.service.rest.text.ChangesText;
import io.cadastre.service.rest.text.ServedSnapshot;
import io.cadastre.service.rest.text.SnapshotCache;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What changed in the snapshot since a serial. */
@Path("/v1/changes")
@Produces(TextAnswer.MEDIA_TYPE)
public final class ChangesResource {
  /** With more than this, the snapshot is the cheaper answer. */
  private static final int MOST = 10_000;

  private final Ledger ledger;
  private final SnapshotCache snapshots;

  ChangesResource(Ledger ledger, SnapshotCache snapshots) {
    this.ledger = ledger;
    this.snapshots = snapshots;
  }

  /** Without lines after the header if nothing has. */
  @GET
  @Operation(summary = "What changed in the snapshot since a serial; 410 if that cannot be told")
  @ApiResponse(
      responseCode = "200",
      description = "The snapshot's header, then -row and +row lines",
      content = @Content(schema = @Schema(implementation = String.class)))
  @ApiResponse(responseCode = "410", description = "Take the snapshot instead")
  public byte[] changes(
      @Parameter(required = true, schema = @Schema(type = "integer", format = "int64"))
          @Nullable
          @QueryParam("since")
          String since) {
    long from = Query.required("since", since);
    ServedSnapshot served = snapshots.current();
    long to = served.snapshot().serial();
    if (from > to) {
      throw gone("serial %d is ahead of the ledger, which is at %d".formatted(from, to));
    }
    Collection<RowChange> changes =
        ledger
            .read(queries -> queries.rowChanges(from, to, MOST))
            .orElseThrow(() -> gone("the changes since serial %d cannot be told".formatted(from)));
    return ChangesText.of(served, changes);
  }

  private static Refused gone(String why) {
    return new Refused(RefusalCode.SERIAL_TOO_OLD, why + "; take GET /v1/snapshot instead");
  }
}
