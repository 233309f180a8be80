/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.event.Event;
import java.util.List;
import java.util.Optional;

/**
 * A page of the audit log.
 *
 * @param events oldest first
 * @param next the number after which the next page begins; empty on the last
 */
public record EventPage(List<Event> events, Optional<Long> next) {
  /** Copies the list. */
  public EventPage {
    events = List.copyOf(events);
  }

  /** The page of the first {@code limit} of these; there is a next one if they are more. */
  static EventPage of(List<Event> found, int limit) {
    return found.size() <= limit
        ? new EventPage(found, Optional.empty())
        : new EventPage(found.subList(0, limit), Optional.of(found.get(limit - 1).seq()));
  }
}
