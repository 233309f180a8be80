/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.directory.PublishFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs why entries are not published: at most one line of each kind a minute, for any number of
 * retries and of waiting owners. Used by one thread.
 */
final class RefusalLog {
  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final int MAX_NAMED = 10;

  private final Map<String, Long> lastLogged = new HashMap<>();

  /** Logs that the directory refuses all writes. */
  void refusesAll(PublishFailure failure, long waiting) {
    if (isDue("all")) {
      LOG.warn(
          "the publish directory refuses every change, and {} owners wait: {}. Let cadastre's bindDn write there; it is tried again until then.",
          waiting,
          failure.reason());
    }
  }

  /** Logs that the directory accepts writes again. */
  void accepts() {
    LOG.info("publishing works again");
  }

  /** Logs that the directory refuses these owners; each reason once, with its first owners. */
  void refuses(List<PublishFailure> failures) {
    failures.stream()
        .collect(Collectors.groupingBy(failure -> kind(failure.reason())))
        .forEach(
            (kind, ofKind) -> {
              if (isDue("owner " + kind)) {
                LOG.warn(
                    "{} is not published: {}{}",
                    ofKind.get(0).stableId(),
                    ofKind.get(0).reason(),
                    others(ofKind));
              }
            });
  }

  /** Returns the name of the result code; the text after it names the entry. */
  private static String kind(String reason) {
    int colon = reason.indexOf(':');
    return colon < 0 ? reason : reason.substring(0, colon);
  }

  private static String others(List<PublishFailure> ofKind) {
    if (ofKind.size() == 1) {
      return "";
    }
    String named =
        ofKind.stream()
            .skip(1)
            .limit(MAX_NAMED)
            .map(PublishFailure::stableId)
            .collect(Collectors.joining(", "));
    int more = ofKind.size() - 1 - MAX_NAMED;
    return " (and likewise %s%s)".formatted(named, more > 0 ? ", and %d more".formatted(more) : "");
  }

  private boolean isDue(String kind) {
    long now = System.nanoTime();
    Long last = lastLogged.get(kind);
    if (last != null && now - last < INTERVAL.toNanos()) {
      return false;
    }
    lastLogged.put(kind, now);
    return true;
  }
}
