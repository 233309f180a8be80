/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.directory.Publication;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what keeps entries from being published: a line of each kind a minute, however often it is
 * tried and however many owners wait. Used by one thread.
 */
final class RefusalLog {
  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final int NAMED = 10;

  private final Map<String, Long> lastSaid = new HashMap<>();

  /** The directory takes nothing from anybody. */
  void refusesAll(Publication one, long waiting) {
    if (isDue("all")) {
      LOG.warn(
          "the publish directory refuses every change, and {} owners wait: {}. Let cadastre's bindDn write there; it is tried again until then.",
          waiting,
          one.reason());
    }
  }

  /** The directory refuses these owners; each reason is said with the first of its owners. */
  void refuses(List<Publication> failed) {
    failed.stream()
        .collect(Collectors.groupingBy(result -> kind(result.reason())))
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

  /** The result code's name: what follows it names the entry. */
  private static String kind(String reason) {
    int colon = reason.indexOf(':');
    return colon < 0 ? reason : reason.substring(0, colon);
  }

  private static String others(List<Publication> ofKind) {
    if (ofKind.size() == 1) {
      return "";
    }
    String named =
        ofKind.stream()
            .skip(1)
            .limit(NAMED)
            .map(Publication::stableId)
            .collect(Collectors.joining(", "));
    int more = ofKind.size() - 1 - NAMED;
    return " (and likewise %s%s)".formatted(named, more > 0 ? ", and %d more".formatted(more) : "");
  }

  private boolean isDue(String what) {
    long now = System.nanoTime();
    Long last = lastSaid.get(what);
    if (last != null && now - last < INTERVAL.toNanos()) {
      return false;
    }
    lastSaid.put(what, now);
    return true;
  }
}
