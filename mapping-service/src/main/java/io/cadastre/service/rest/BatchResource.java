/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cadastre.service.api.AllocateJson;
import io.cadastre.service.api.BatchRequestJson;
import io.cadastre.service.api.BatchResultJson;
import io.cadastre.service.api.HoldingJson;
import io.cadastre.service.api.Paths;
import io.cadastre.service.registry.OwnerCommands;
import io.cadastre.service.rest.http.Callers;
import io.cadastre.service.rest.http.NameOrUid;
import io.cadastre.subid.OwnerName;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Many owners at once. Also answers the requests of the account named "batch". */
@Path(Paths.BATCH)
public final class BatchResource {
  private static final String NDJSON = "application/x-ndjson";
  private static final OwnerName OWNER = new OwnerName(Paths.BATCH_NAME);

  private final OwnerCommands commands;
  private final OwnersResource owners;
  private final ObjectMapper mapper;

  BatchResource(OwnerCommands commands, OwnersResource owners, ObjectMapper mapper) {
    this.commands = commands;
    this.owners = owners;
    this.mapper = mapper;
  }

  /**
   * Answers each request line with a result line, in their order. The first chunk runs before the
   * answer begins, so that a failure of the whole batch has a status of its own.
   */
  @POST
  @Consumes(NDJSON)
  @Produces(NDJSON)
  @Operation(summary = "Allocate many ranges: a JSON object a line, in and out, in order")
  @ApiResponse(
      responseCode = "200",
      description = "A result for each line; a refused line does not affect the others",
      content =
          @Content(mediaType = NDJSON, schema = @Schema(implementation = BatchResultJson.class)))
  public Response batch(
      @DefaultValue("false") @QueryParam("dryRun") boolean dryRun,
      @RequestBody(content = @Content(schema = @Schema(implementation = BatchRequestJson.class)))
          InputStream body,
      @Context HttpServletRequest request)
      throws IOException {
    Batch batch =
        new Batch(
            commands,
            new BatchReader(BatchBody.read(body), mapper.reader()),
            dryRun,
            Callers.auditContext(request, Optional.empty()));
    List<BatchResultJson> first = batch.first();
    return Response.ok((StreamingOutput) out -> write(first, batch, out)).build();
  }

  private void write(List<BatchResultJson> first, Batch batch, OutputStream out)
      throws IOException {
    for (List<BatchResultJson> chunk = first; !chunk.isEmpty(); chunk = batch.following()) {
      for (BatchResultJson result : chunk) {
        out.write(mapper.writeValueAsBytes(result));
        out.write('\n');
      }
      out.flush();
    }
  }

  /** The account named "batch". */
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public Response allocateOne(@Nullable AllocateJson body, @Context HttpServletRequest request) {
    return owners.allocate(OWNER, body, request);
  }

  /** The account named "batch". */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public HoldingJson owner() {
    return owners.owner(new NameOrUid(Paths.BATCH_NAME));
  }

  /** The account named "batch". */
  @DELETE
  @Operation(hidden = true)
  public Response retire(
      @QueryParam("stableId") Optional<String> stableId,
      @QueryParam("reason") Optional<String> reason,
      @DefaultValue("false") @QueryParam("dryRun") boolean dryRun,
      @Context HttpServletRequest request) {
    return owners.retire(OWNER, stableId, reason, dryRun, request);
  }
}
