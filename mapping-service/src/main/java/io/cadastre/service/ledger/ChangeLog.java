/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.Event;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs changes after their commit: a line for each event, with its fields as key-value pairs for
 * logs in JSON. The events are the record; a kill can lose the lines of the last change.
 */
final class ChangeLog {
  private static final Logger LOG = LoggerFactory.getLogger(ChangeLog.class);

  /** The end of the kinds of events about a token. */
  private static final String OF_TOKENS = "-token";

  private ChangeLog() {}

  /** Logs these events, which are committed. */
  static void committed(List<Event> events) {
    if (LOG.isInfoEnabled()) {
      events.forEach(ChangeLog::log);
    }
  }

  private static void log(Event event) {
    LoggingEventBuilder line =
        LOG.atInfo()
            .addKeyValue("event", event.seq())
            .addKeyValue("kind", event.kind())
            .addKeyValue("actor", event.actor());
    StringBuilder text = new StringBuilder("event %d: %s".formatted(event.seq(), event.kind()));
    if (event.owner().isPresent()) {
      long uid = event.after().path("uidNumber").asLong();
      String subuid = range(event, "subuid");
      String subgid = range(event, "subgid");
      line =
          line.addKeyValue("owner", event.owner().get())
              .addKeyValue("uid", uid)
              .addKeyValue("subuid", subuid)
              .addKeyValue("subgid", subgid);
      text.append(
          " %s (uid %d), subuid %s, subgid %s".formatted(event.owner().get(), uid, subuid, subgid));
    }
    if (event.kind().endsWith(OF_TOKENS)) {
      String token = event.after().path("name").asText();
      line = line.addKeyValue("token", token);
      text.append(' ').append(token);
    }
    text.append(", by ").append(event.actor());
    line = add(line, text, "request", event.requestId());
    line = add(line, text, "reason", event.reason());
    line.log(text.toString());
  }

  private static LoggingEventBuilder add(
      LoggingEventBuilder line, StringBuilder text, String key, Optional<String> value) {
    if (value.isEmpty()) {
      return line;
    }
    text.append(", ").append(key).append(' ').append(value.get());
    return line.addKeyValue(key, value.get());
  }

  private static String range(Event event, String field) {
    return "%d:%d"
        .formatted(
            event.after().path(field).path("start").asLong(),
            event.after().path(field).path("count").asLong());
  }
}
