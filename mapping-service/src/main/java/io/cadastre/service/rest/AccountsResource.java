/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cadastre.service.api.AccountsJson;
import io.cadastre.service.api.AccountsProgressJson;
import io.cadastre.service.api.Paths;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.registry.AdminCommands;
import io.cadastre.service.rest.http.FailureMapper;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** The accounts that an LDAP filter matches. Asks the directory. */
@Path(Paths.ADMIN + "/" + Paths.ACCOUNTS)
public final class AccountsResource {
  private static final String NDJSON = "application/x-ndjson";

  private final AdminCommands admin;
  private final ObjectMapper mapper;

  AccountsResource(AdminCommands admin, ObjectMapper mapper) {
    this.admin = admin;
    this.mapper = mapper;
  }

  /** Answers at the end of the search. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "The entitled accounts that an LDAP filter matches")
  @ApiResponse(
      responseCode = "200",
      description =
          "The names, sorted, and the accounts that cannot own a range; with Accept: application/x-ndjson a line each second, the last one with the answer",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = AccountsJson.class)),
        @Content(mediaType = NDJSON, schema = @Schema(implementation = AccountsProgressJson.class))
      })
  public AccountsJson accounts(
      @Parameter(required = true, description = "An LDAP filter") @QueryParam("filter")
          String filter) {
    return AccountsJson.of(admin.accounts(filter, found -> {}));
  }

  /** Says each second how many accounts were found so far. */
  @GET
  @Produces(NDJSON + ";qs=0.5")
  @Operation(hidden = true)
  public Response progress(@QueryParam("filter") String filter) {
    return Response.ok((StreamingOutput) out -> new Lines(out).search(filter)).type(NDJSON).build();
  }

  /** The lines of one answer. */
  private final class Lines {
    private final OutputStream out;
    private boolean begun;

    Lines(OutputStream out) {
      this.out = out;
    }

    /** A failure before the first line has a status of its own. */
    void search(String filter) {
      try {
        write(
            AccountsProgressJson.answer(
                AccountsJson.of(
                    admin.accounts(filter, found -> write(AccountsProgressJson.found(found))))));
      } catch (Refused | Unavailable e) {
        if (!begun) {
          throw e;
        }
        write(AccountsProgressJson.failed(FailureMapper.problem(e)));
      }
    }

    private void write(AccountsProgressJson line) {
      try {
        begun = true;
        out.write(mapper.writeValueAsBytes(line));
        out.write('\n');
        out.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
