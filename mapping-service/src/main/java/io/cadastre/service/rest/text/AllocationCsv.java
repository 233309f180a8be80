/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.text;

import io.cadastre.service.ledger.AllocationQuery;
import io.cadastre.subid.Allocation;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Allocations as CSV (RFC 4180), with a header line. A cell that a spreadsheet would run as a
 * formula begins with an apostrophe, which makes it a text.
 */
public final class AllocationCsv {
  /** The media type, with the one charset there is. */
  public static final String MEDIA_TYPE = "text/csv;charset=utf-8";

  private static final int PAGE = 1000;
  private static final String RUN = "=+-@\t\r";
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
          "serial");

  private AllocationCsv() {}

  /** Gives the allocations of a query, so many at most. */
  public interface Pages {
    /** One page. */
    List<Allocation> page(AllocationQuery query, int limit);
  }

  /** Writes all that {@code query} finds, up to its limit, a page at a time. */
  public static void write(OutputStream out, AllocationQuery query, Pages pages)
      throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    writer.write(line(COLUMNS.stream()));
    AllocationQuery rest = query;
    int left = query.limit();
    while (left > 0) {
      List<Allocation> page = pages.page(rest, Math.min(left, PAGE));
      for (Allocation allocation : page) {
        writer.write(line(cells(allocation)));
      }
      left = page.size() < PAGE ? 0 : left - page.size();
      rest = page.isEmpty() ? rest : after(rest, page.get(page.size() - 1));
    }
    writer.flush();
  }

  private static AllocationQuery after(AllocationQuery query, Allocation last) {
    return new AllocationQuery(
        query.pool(),
        query.state(),
        query.owner(),
        query.from(),
        query.to(),
        last.uidRange().start(),
        query.limit());
  }

  private static Stream<String> cells(Allocation a) {
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
        Long.toString(a.serial()));
  }

  private static String line(Stream<String> cells) {
    return cells.map(AllocationCsv::cell).collect(Collectors.joining(",", "", "\r\n"));
  }

  static String cell(String text) {
    boolean runs = !text.isEmpty() && RUN.indexOf(text.charAt(0)) >= 0;
    String defused = runs ? "'" + text : text;
    boolean quoted = defused.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return quoted ? "\"" + defused.replace("\"", "\"\"") + "\"" : defused;
  }
}
