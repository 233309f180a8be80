/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import io.cadastre.service.api.AdoptJson;
import io.cadastre.service.api.AdoptedJson;
import io.cadastre.service.api.DismissEntryJson;
import io.cadastre.service.api.DismissedEntryJson;
import io.cadastre.service.api.FollowJson;
import io.cadastre.service.api.FollowedJson;
import io.cadastre.service.api.ForeignRangesJson;
import io.cadastre.service.api.ImportJson;
import io.cadastre.service.api.ImportedJson;
import io.cadastre.service.api.NothingJson;
import io.cadastre.service.api.Paths;
import io.cadastre.service.api.ReasonJson;
import io.cadastre.service.api.ReboundOwnersJson;
import io.cadastre.service.api.ReconcileJson;
import io.cadastre.service.api.ReconciledJson;
import io.cadastre.service.api.ReleaseForeignJson;
import io.cadastre.service.api.ReleasedForeignJson;
import io.cadastre.service.api.VerificationJson;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.registry.AdminCommands;
import io.cadastre.service.registry.RunningWork;
import io.cadastre.service.rest.http.Callers;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The operations of an admin beyond a single owner. A dry run answers as the real run would. */
@Path(Paths.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class AdminResource {
  private final AdminCommands admin;
  private final RunningWork works;

  AdminResource(AdminCommands admin, RunningWork works) {
    this.admin = admin;
    this.works = works;
  }

  /** Changes the directory only, and only with {@code repair}. */
  @POST
  @Path(Paths.RECONCILE)
  @Operation(summary = "Compare the directory with the ledger, or repair the directory")
  @ApiResponse(
      responseCode = "200",
      description = "The differences, and whether they were repaired",
      useReturnTypeSchema = true)
  public ReconciledJson reconcile(
      @DefaultValue("false") @QueryParam("dryRun") boolean dryRun, @Nullable ReconcileJson body) {
    boolean repair =
        Objects.requireNonNullElse(body, ReconcileJson.NOTHING).repair().orElse(false) && !dryRun;
    return ReconciledJson.of(
        repair, works.run("Comparison with the directory", () -> admin.reconcile(repair)));
  }

  /** Serves a ledger that was restored from an old backup. */
  @POST
  @Path(Paths.ADOPT)
  @Operation(summary = "Adopt the published entries that the ledger does not know")
  @ApiResponse(
      responseCode = "200",
      description = "The adopted allocations, the refused entries and the warnings",
      useReturnTypeSchema = true)
  public AdoptedJson adopt(
      @DefaultValue("false") @QueryParam("dryRun") boolean dryRun,
      @Nullable AdoptJson body,
      @Context HttpServletRequest request) {
    AdoptJson asked = Objects.requireNonNullElse(body, AdoptJson.NOTHING);
    return AdoptedJson.of(
        admin.adopt(asked.acceptedSerial(), dryRun, Callers.admin(request, asked.reason())));
  }

  /** Asks the ledger. */
  @GET
  @Path(Paths.FOREIGN_RANGES)
  @Operation(summary = "The recorded ranges of entries that are not the ledger's")
  @ApiResponse(responseCode = "200", description = "The ranges", useReturnTypeSchema = true)
  public ForeignRangesJson foreignRanges() {
    return ForeignRangesJson.of(admin.foreignRanges());
  }

  /** Serves a range that blocks slots although its entry is gone. */
  @POST
  @Path(Paths.FOREIGN_RANGES)
  @Operation(summary = "Release the range of an entry that is gone; a reason is required")
  @ApiResponse(
      responseCode = "200",
      description = "The range, and the slots that are free since",
      useReturnTypeSchema = true)
  public ReleasedForeignJson releaseForeign(
      @DefaultValue("false") @QueryParam("dryRun") boolean dryRun,
      @Nullable ReleaseForeignJson body,
      @Context HttpServletRequest request) {
    ReleaseForeignJson asked = Objects.requireNonNullElse(body, ReleaseForeignJson.NOTHING);
    return ReleasedForeignJson.of(
        admin.releaseForeign(
            asked.requiredRange(),
            asked.localRows().orElse(false),
            dryRun,
            Callers.admin(request, asked.reason())));
  }

  /** Serves entries that block a pool. */
  @POST
  @Path(Paths.DISMISS_ENTRY)
  @Operation(summary = "Dismiss an entry that blocks a pool; a reason is required")
  @ApiResponse(
      responseCode = "200",
      description = "The entry, and the ranges that it no longer blocks",
      useReturnTypeSchema = true)
  public DismissedEntryJson dismissEntry(
      @DefaultValue("false") @QueryParam("dryRun") boolean dryRun,
      @Nullable DismissEntryJson body,
      @Context HttpServletRequest request) {
    DismissEntryJson asked = Objects.requireNonNullElse(body, DismissEntryJson.NOTHING);
    return DismissedEntryJson.of(
        admin.dismissEntry(asked.requiredDn(), dryRun, Callers.admin(request, asked.reason())));
  }

  /** A difference holds changes back until it is repaired. */
  @POST
  @Path(Paths.VERIFY_LEDGER)
  @Operation(summary = "Compare the ledger with its own events")
  @ApiResponse(
      responseCode = "200",
      description = "Whether tables and events are equal, and the findings",
      useReturnTypeSchema = true)
  public VerificationJson verifyLedger(@Nullable NothingJson body) {
    return VerificationJson.of(works.run("Verification of the ledger", admin::verifyLedger));
  }

  /** Serves a directory that was reloaded, so that all stable IDs are new. */
  @POST
  @Path(Paths.REBIND)
  @Operation(summary = "Tie all owners to their accounts' new stable IDs; a reason is required")
  @ApiResponse(
      responseCode = "200",
      description = "The owners whose stable IDs changed",
      useReturnTypeSchema = true)
  public ReboundOwnersJson rebindAll(
      @DefaultValue("false") @QueryParam("dryRun") boolean dryRun,
      @Nullable ReasonJson body,
      @Context HttpServletRequest request) {
    ReasonJson asked = Objects.requireNonNullElse(body, new ReasonJson(Optional.empty()));
    return ReboundOwnersJson.of(admin.rebindAll(dryRun, Callers.admin(request, asked.reason())));
  }

  /** The service also follows the accounts by itself, at an interval. */
  @POST
  @Path(Paths.FOLLOW)
  @Operation(summary = "Read all accounts now and follow them")
  @ApiResponse(
      responseCode = "200",
      description = "The effects on owners and on the memory of real IDs",
      useReturnTypeSchema = true)
  public FollowedJson follow(
      @DefaultValue("false") @QueryParam("dryRun") boolean dryRun,
      @Nullable FollowJson body,
      @Context HttpServletRequest request) {
    FollowJson asked = Objects.requireNonNullElse(body, FollowJson.NOTHING);
    AuditContext context = Callers.admin(request, asked.reason());
    return FollowedJson.of(
        admin.follow(
            asked.forgetIds(), asked.acceptance(context), asked.accounts(), dryRun, context));
  }

  /** An invalid row is a finding and does not affect the others. */
  @POST
  @Path(Paths.IMPORT)
  @Operation(summary = "Validate node files and import the valid ranges unchanged")
  @ApiResponse(
      responseCode = "200",
      description = "The imported ranges and the findings",
      useReturnTypeSchema = true)
  public ImportedJson importFiles(
      @DefaultValue("false") @QueryParam("dryRun") boolean dryRun,
      @Nullable ImportJson body,
      @Context HttpServletRequest request) {
    ImportJson asked = Objects.requireNonNullElse(body, ImportJson.NOTHING);
    AuditContext context = Callers.admin(request, asked.reason());
    return ImportedJson.of(
        works.run("Import of files", () -> admin.importFiles(asked.request(dryRun), context)));
  }
}
