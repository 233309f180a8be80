/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cadastre.service.api.Paths;
import io.cadastre.service.api.StorageConfJson;
import io.cadastre.service.api.StorageJudgementJson;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.storage.fitness.Explanation;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Applies the rules of Podman to storage.conf files. Nothing of the request is kept. */
@Path(Paths.STORAGE_CONF)
public final class StorageConfResource {
  private final ObjectMapper mapper;

  StorageConfResource(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /** A file that Podman refuses is a good request with a bad answer: 200. */
  @POST
  @Path(Paths.VALIDATE)
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary =
          "The settings that Podman takes from storage.conf files, and the findings about them")
  @ApiResponse(
      responseCode = "200",
      description =
          "The effective settings and the findings, or the reason why Podman refuses the files",
      useReturnTypeSchema = true)
  public StorageJudgementJson validate(@Nullable StorageConfJson body) {
    Explanation explanation =
        Optional.ofNullable(body)
            .orElseThrow(
                () ->
                    new Refused(
                        RefusalCode.BAD_REQUEST, "the body is missing: files, user, engine, facts"))
            .explanation();
    return mapper.convertValue(explanation.tree(), StorageJudgementJson.class);
  }
}
