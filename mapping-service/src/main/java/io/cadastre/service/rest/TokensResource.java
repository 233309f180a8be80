/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import io.cadastre.service.api.MadeTokenJson;
import io.cadastre.service.api.MakeTokenJson;
import io.cadastre.service.api.NamedTokensJson;
import io.cadastre.service.api.Paths;
import io.cadastre.service.api.ReasonJson;
import io.cadastre.service.api.TokenJson;
import io.cadastre.service.api.TokensJson;
import io.cadastre.service.registry.TokenCommands;
import io.cadastre.service.rest.http.Callers;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tokens. The answer that makes one is the only place that ever shows its secret. */
@Path(Paths.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class TokensResource {
  private final TokenCommands tokens;
  private final Clock clock;

  TokensResource(TokenCommands tokens, Clock clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  /** Asks the ledger. */
  @GET
  @Path(Paths.TOKENS)
  @Operation(summary = "All tokens, without their secrets")
  @ApiResponse(responseCode = "200", description = "The tokens", useReturnTypeSchema = true)
  public TokensJson tokens() {
    return TokensJson.of(tokens.all(), clock.instant());
  }

  /** The secret is in this answer only. */
  @POST
  @Path(Paths.TOKENS)
  @Operation(summary = "Make a token")
  @ApiResponse(
      responseCode = "200",
      description = "The token and its secret, which no other answer has",
      useReturnTypeSchema = true)
  public MadeTokenJson make(
      @DefaultValue("false") @QueryParam("dryRun") boolean dryRun,
      @Nullable MakeTokenJson body,
      @Context HttpServletRequest request) {
    MakeTokenJson asked = Objects.requireNonNullElse(body, MakeTokenJson.NOTHING);
    return MadeTokenJson.of(
        tokens.make(asked.request(), dryRun, Callers.admin(request, asked.reason())),
        clock.instant());
  }

  /** Counts here at once, and on other replicas within 5 s. */
  @POST
  @Path(Paths.REVOKE_TOKEN)
  @Operation(summary = "Revoke a token for good; a reason is required")
  @ApiResponse(responseCode = "200", description = "The token", useReturnTypeSchema = true)
  public TokenJson revoke(
      @PathParam("token") String name,
      @DefaultValue("false") @QueryParam("dryRun") boolean dryRun,
      @Nullable ReasonJson body,
      @Context HttpServletRequest request) {
    ReasonJson asked = Objects.requireNonNullElse(body, new ReasonJson(Optional.empty()));
    return TokenJson.of(
        tokens.revoke(name, dryRun, Callers.admin(request, asked.reason())), clock.instant());
  }

  /** For a token that may be stolen, and for all after a backup was restored. */
  @POST
  @Path(Paths.SUSPEND_TOKENS)
  @Operation(summary = "Suspend a token or all until they are confirmed; a reason is required")
  @ApiResponse(
      responseCode = "200",
      description = "The tokens that were, or would be, suspended",
      useReturnTypeSchema = true)
  public TokensJson suspend(
      @DefaultValue("false") @QueryParam("dryRun") boolean dryRun,
      @Nullable NamedTokensJson body,
      @Context HttpServletRequest request) {
    NamedTokensJson asked = Objects.requireNonNullElse(body, NamedTokensJson.NOTHING);
    return TokensJson.of(
        tokens.suspend(asked.nameOrAll(), dryRun, Callers.admin(request, asked.reason())),
        clock.instant());
  }

  /** Ends a suspension. */
  @POST
  @Path(Paths.CONFIRM_TOKENS)
  @Operation(summary = "Make a suspended token valid again, or all of them")
  @ApiResponse(
      responseCode = "200",
      description = "The tokens that were, or would be, confirmed",
      useReturnTypeSchema = true)
  public TokensJson confirm(
      @DefaultValue("false") @QueryParam("dryRun") boolean dryRun,
      @Nullable NamedTokensJson body,
      @Context HttpServletRequest request) {
    NamedTokensJson asked = Objects.requireNonNullElse(body, NamedTokensJson.NOTHING);
    return TokensJson.of(
        tokens.confirm(asked.nameOrAll(), dryRun, Callers.admin(request, asked.reason())),
        clock.instant());
  }
}
