/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import io.cadastre.service.api.AuditJson;
import io.cadastre.service.api.NothingJson;
import io.cadastre.service.api.Paths;
import io.cadastre.service.registry.Audit;
import io.cadastre.service.registry.RunningWork;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** The audit: its last report, and a new run. */
@Path(Paths.AUDIT)
@Produces(MediaType.APPLICATION_JSON)
public final class AuditResource {
  private final Audit audit;
  private final RunningWork works;

  AuditResource(Audit audit, RunningWork works) {
    this.audit = audit;
    this.works = works;
  }

  /** 404 before the first run: an empty report would say that all is well. */
  @GET
  @Operation(summary = "The findings of the last run since the start; 404 before the first")
  @ApiResponse(
      responseCode = "200",
      description = "The report of the last run",
      useReturnTypeSchema = true)
  public AuditJson lastAudit() {
    return audit
        .last()
        .map(AuditJson::of)
        .orElseThrow(
            () ->
                new NotFoundException(
                    "no audit has run since the service was started; POST %s runs one"
                        .formatted(Paths.AUDIT)));
  }

  /** Runs one audit at a time; another request is answered 503. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Run an audit")
  @ApiResponse(
      responseCode = "200",
      description = "The report of this run",
      useReturnTypeSchema = true)
  public AuditJson runAudit(@Nullable NothingJson body) {
    return AuditJson.of(works.run("Audit", audit::run));
  }
}
