/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.text;

import io.cadastre.service.event.Event;
import java.util.UUID;
import java.util.stream.Stream;

/** Writes events as lines of CSV: all fields but the states before and after, which are JSON. */
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
              "hash"));

  private EventCsv() {}

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
            event.hash()));
  }
}
