/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.cadastre.service.event.Event;
import io.cadastre.service.event.EventConditions;
import io.cadastre.service.registry.AuditLogQueries;
import io.cadastre.service.registry.EventOwner;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Stream;

/** Writes events as lines of CSV; the states before and after are JSON. New columns are last. */
public final class EventCsv {
  /** The line with the names of the columns. */
  public static final String HEADER =
      CsvLine.of(
          Stream.of(
              "seq",
              "at",
              "kind",
              "serial",
              "allocation",
              "owner",
              "actor",
              "requestId",
              "reason",
              "hash",
              "role",
              "credential",
              "before",
              "after"));

  private EventCsv() {}

  /**
   * The answer with all events that meet conditions, up to a number, oldest first.
   *
   * @param after the number before the first event
   */
  public static Response answer(
      AuditLogQueries events, long after, EventOwner owner, EventConditions conditions, int most) {
    StreamingOutput rows =
        out -> {
          Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
          writer.write(HEADER);
          events.forEach(after, owner, conditions, most, event -> writer.write(line(event)));
          writer.flush();
        };
    return Response.ok(rows)
        .type(AllocationCsv.MEDIA_TYPE)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"events.csv\"")
        .build();
  }

  /** The line of an event. */
  public static String line(Event event) {
    return CsvLine.of(
        Stream.of(
            Long.toString(event.seq()),
            event.at(),
            event.kind(),
            Long.toString(event.serial()),
            event.allocation().map(UUID::toString).orElse(""),
            event.owner().orElse(""),
            event.actor(),
            event.requestId().orElse(""),
            event.reason().orElse(""),
            event.hash(),
            event.role().orElse(""),
            event.credential().orElse(""),
            event.before().map(JsonNode::toString).orElse(""),
            event.after().toString()));
  }
}
