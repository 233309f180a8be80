/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.text;

import io.cadastre.service.event.Grant;
import io.cadastre.service.registry.AllocationListing;
import io.cadastre.service.registry.ListingQueries;
import io.cadastre.subid.Allocation;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes allocations as CSV, with a header line and the first event of each. */
public final class AllocationCsv {
  /** The media type, with the one charset there is. */
  public static final String MEDIA_TYPE = "text/csv;charset=utf-8";

  private static final List<String> COLUMNS =
      List.of(
          "name",
          "uidNumber",
          "gidNumber",
          "stableId",
          "dn",
          "allocation",
          "pool",
          "subuidStart",
          "subuidCount",
          "subgidStart",
          "subgidCount",
          "state",
          "serial",
          "grantedAt",
          "grantedBy",
          "reason");

  private AllocationCsv() {}

  /** Writes all allocations of a listing, up to its limit. */
  public static void write(OutputStream out, AllocationListing listing, ListingQueries allocations)
      throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    writer.write(CsvLine.of(COLUMNS.stream()));
    allocations.forEach(
        listing, (allocation, grant) -> writer.write(CsvLine.of(cells(allocation, grant))));
    writer.flush();
  }

  private static Stream<String> cells(Allocation a, Optional<Grant> grant) {
    return Stream.of(
        a.owner().name().value(),
        Long.toString(a.owner().uidNumber()),
        Long.toString(a.owner().gidNumber()),
        a.owner().stableId(),
        a.owner().dn().orElse(""),
        a.id().toString(),
        a.pool().orElse(""),
        Long.toString(a.uidRange().start()),
        Long.toString(a.uidRange().count()),
        Long.toString(a.gidRange().start()),
        Long.toString(a.gidRange().count()),
        a.state().word(),
        Long.toString(a.serial()),
        grant.map(each -> each.at().toString()).orElse(""),
        grant.map(Grant::by).orElse(""),
        grant.map(Grant::reason).orElse(""));
  }
}
