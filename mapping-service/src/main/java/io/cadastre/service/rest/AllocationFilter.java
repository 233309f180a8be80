/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import io.cadastre.service.ledger.AllocationQuery;
import io.cadastre.service.rest.http.Query;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.OwnerName;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The parameters of the listing; Jersey fills them in. */
public final class AllocationFilter {
  private static final String ANY = "any";

  /** Only this pool's. */
  @QueryParam("pool")
  public @Nullable String pool;

  /** Only those in this state. */
  @QueryParam("state")
  @Parameter(
      schema = @Schema(allowableValues = {"any", "active", "withheld", "retired", "superseded"}))
  public @Nullable String state;

  /** Only those of owners of this name. */
  @QueryParam("owner")
  public @Nullable String owner;

  /** Only ranges that reach this ID or beyond. */
  @QueryParam("from")
  @Parameter(schema = @Schema(type = "integer", format = "int64"))
  public @Nullable String from;

  /** Only ranges that start at or before this ID. */
  @QueryParam("to")
  @Parameter(schema = @Schema(type = "integer", format = "int64"))
  public @Nullable String to;

  /** How many at most. */
  @QueryParam("limit")
  @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "1000"))
  public @Nullable String limit;

  /** Where the page before ended: its {@code next}. */
  @QueryParam("cursor")
  public @Nullable String cursor;

  /** The query, with these limits to its page. */
  AllocationQuery query(int usual, int most) {
    long first = orElse(Query.number("from", from), 0);
    long last = orElse(Query.number("to", to), IdRange.MAX_ID);
    if (first > last) {
      throw Query.refused("from=%s is refused: it lies behind to=%s", first, last);
    }
    return new AllocationQuery(
        Query.text(pool),
        wantedState(),
        Query.ownerName(owner).map(OwnerName::value),
        first,
        last,
        orElse(Query.number("cursor", cursor), -1),
        Query.limit(limit, usual, most));
  }

  private Optional<AllocationState> wantedState() {
    String[] words =
        Stream.concat(
                Stream.of(ANY), Stream.of(AllocationState.values()).map(AllocationState::word))
            .toArray(String[]::new);
    String word = Query.oneOf("state", state, words);
    return word.equals(ANY) ? Optional.empty() : Optional.of(AllocationState.of(word));
  }

  private static long orElse(OptionalLong given, long otherwise) {
    return given.isPresent() ? given.getAsLong() : otherwise;
  }
}
