/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.page;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The events of one request, which stand together.
 *
 * @param events in the order of the page; at least one
 */
public record EventGroup(List<EventView> events) {
  private static final Duration AROUND = Duration.ofHours(1);

  /** Copies the list. */
  public EventGroup {
    events = List.copyOf(events);
  }

  /** The event that speaks for the group: all have one actor, request and reason. */
  public EventView first() {
    return events.get(0);
  }

  /**
   * The parameters of the page with all events of this request, which can be more than stand here.
   * A request ends within minutes; the time keeps a search out of the rest of a long log.
   */
  public Map<String, String> ofRequest() {
    Instant at = Instant.parse(first().at());
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("request", first().requestId());
    parameters.put("from", at.minus(AROUND).truncatedTo(ChronoUnit.SECONDS).toString());
    parameters.put("to", at.plus(AROUND).truncatedTo(ChronoUnit.SECONDS).toString());
    return parameters;
  }

  /** Puts neighbours of one request together. */
  public static List<EventGroup> of(List<EventView> events) {
    List<EventGroup> groups = new ArrayList<>();
    List<EventView> open = new ArrayList<>();
    for (EventView event : events) {
      if (!open.isEmpty() && !isSame(open.get(0), event)) {
        groups.add(new EventGroup(open));
        open = new ArrayList<>();
      }
      open.add(event);
    }
    if (!open.isEmpty()) {
      groups.add(new EventGroup(open));
    }
    return List.copyOf(groups);
  }

  private static boolean isSame(EventView one, EventView other) {
    return !one.requestId().isEmpty()
        && one.requestId().equals(other.requestId())
        && one.actor().equals(other.actor())
        && one.reason().equals(other.reason());
  }
}
