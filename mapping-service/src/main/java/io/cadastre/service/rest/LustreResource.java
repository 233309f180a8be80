/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.AllocationQuery;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.lustre.NodemapOffset;
import io.cadastre.service.lustre.NodemapScript;
import io.cadastre.service.registry.PoolQueries;
import io.cadastre.service.rest.http.Query;
import io.cadastre.service.rest.http.TextAnswer;
import io.cadastre.subid.IdRange;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a Lustre file system's servers have to be told. */
@Path("/v1/lustre")
public final class LustreResource {
  /** Lustre's own rule (LUSTRE_NODEMAP_NAME_LENGTH), and nothing that a shell would read. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,16}");

  private final Ledger ledger;
  private final PoolQueries pools;

  LustreResource(Ledger ledger, PoolQueries pools) {
    this.ledger = ledger;
    this.pools = pools;
  }

  /** Of all allocations, whatever their states: their files exist. */
  @GET
  @Path("nodemap")
  @Produces(TextAnswer.MEDIA_TYPE)
  @Operation(
      summary = "The lctl nodemap_add_idmap lines of all ranges, and what an offset would squash")
  public String nodemap(
      @Parameter(
              description = "The nodemap's offset; goes with limit",
              schema = @Schema(type = "integer", format = "int64"))
          @Nullable
          @QueryParam("first")
          String first,
      @Parameter(
              description = "How many IDs the offset maps; goes with first",
              schema = @Schema(type = "integer", format = "int64"))
          @Nullable
          @QueryParam("limit")
          String limit,
      @Parameter(description = "Only this pool's ranges") @Nullable @QueryParam("pool") String pool,
      @Parameter(description = "The nodemap's name; default: tenant") @Nullable @QueryParam("name")
          String name) {
    NodemapScript script = new NodemapScript(name(name), offset(first, limit));
    Optional<String> only = Query.text(pool);
    only.ifPresent(pools::named);
    return script.of(
        ledger.read(
            queries ->
                queries.page(
                    new AllocationQuery(
                        only,
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        IdRange.MAX_ID,
                        -1,
                        Integer.MAX_VALUE))));
  }

  private static String name(@Nullable String given) {
    String name = Query.text(given).orElse("tenant");
    if (!NAME.matcher(name).matches()) {
      throw Query.refused(
          "name=%s is refused: a nodemap's name has %s",
          Query.shown(name), "1 to 16 letters, digits and underscores");
    }
    return name;
  }

  private static Optional<NodemapOffset> offset(@Nullable String first, @Nullable String limit) {
    OptionalLong offset = Query.number("first", first);
    OptionalLong count = Query.number("limit", limit);
    if (offset.isEmpty() && count.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new NodemapOffset(Query.required("first", first), Query.required("limit", limit)));
    } catch (IllegalArgumentException e) {
      throw new Refused(RefusalCode.BAD_REQUEST, e);
    }
  }
}
