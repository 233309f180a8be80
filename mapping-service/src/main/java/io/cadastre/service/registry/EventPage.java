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
}
