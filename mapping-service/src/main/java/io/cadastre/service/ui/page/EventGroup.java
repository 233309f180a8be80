/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.page;

import java.util.ArrayList;
import java.util.List;

/**
 * The events of one request, which stand together.
 *
 * @param events in the order of the page; at least one
 */
public record EventGroup(List<EventView> events) {
  /** Copies the list. */
  public EventGroup {
    events = List.copyOf(events);
  }

  /** The event that speaks for the group: all have one actor, request and reason. */
  public EventView first() {
    return events.get(0);
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
