/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.api.EventsJson;
import io.cadastre.service.api.Paths;
import io.cadastre.service.event.Event;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Reads the audit log of a service page by page. */
final class EventPages {
  private static final int PAGE = 1000;

  private EventPages() {}

  /**
   * Passes on the events, oldest first.
   *
   * @param query which events
   * @throws CommandFailed if the service repeats an event: this would not end
   */
  static void read(ServiceClient service, Map<String, Object> query, Consumer<Event> work) {
    Map<String, Object> paged = new HashMap<>(query);
    paged.put("limit", PAGE);
    long after = 0;
    EventsJson page;
    do {
      paged.put("after", after);
      page = service.get(Paths.EVENTS, paged, EventsJson.class);
      for (Event event : page.events()) {
        if (event.seq() <= after) {
          throw new CommandFailed(
              CommandStatus.UNAVAILABLE,
              "the service answers with event %d after event %d".formatted(event.seq(), after));
        }
        work.accept(event);
        after = event.seq();
      }
    } while (!page.events().isEmpty());
  }
}
