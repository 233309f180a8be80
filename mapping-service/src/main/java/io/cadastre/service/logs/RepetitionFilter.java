/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.logs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.event.KeyValuePair;

/**
 * Passes a warning or an error at most once a minute, and counts the identical ones in between: the
 * next line of the same kind carries their number. Remembers 1,000 kinds. Thread-safe.
 */
final class RepetitionFilter extends Filter<ILoggingEvent> {
  /** The key of the number in the event. */
  static final String REPEATED = "repeated";

  private static final long INTERVAL = Duration.ofMinutes(1).toNanos();
  private static final int MOST = 1000;

  private final LongSupplier nanoTime;
  private final Map<String, Count> counts =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
          return size() > MOST;
        }
      };

  private record Count(long since, long withheld) {}

  /** A filter by this clock, in nanoseconds. */
  RepetitionFilter(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public FilterReply decide(ILoggingEvent event) {
    if (!event.getLevel().isGreaterOrEqual(Level.WARN)) {
      return FilterReply.NEUTRAL;
    }
    long withheld = count(kind(event), nanoTime.getAsLong());
    if (withheld < 0) {
      return FilterReply.DENY;
    }
    if (withheld > 0 && event instanceof LoggingEvent line) {
      line.addKeyValuePair(new KeyValuePair(REPEATED, withheld));
    }
    return FilterReply.NEUTRAL;
  }

  /** The number of lines that were withheld before this one; -1 if this one is withheld as well. */
  private synchronized long count(String kind, long now) {
    Count before = counts.get(kind);
    if (before != null && now - before.since() < INTERVAL) {
      counts.put(kind, new Count(before.since(), before.withheld() + 1));
      return -1;
    }
    counts.put(kind, new Count(now, 0));
    return before == null ? 0 : before.withheld();
  }

  private static String kind(ILoggingEvent event) {
    IThrowableProxy failure = event.getThrowableProxy();
    return "%s %s %s %s"
        .formatted(
            event.getLevel(),
            event.getLoggerName(),
            event.getFormattedMessage(),
            failure == null ? "" : failure.getClassName() + ": " + failure.getMessage());
  }
}
