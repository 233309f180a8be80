/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.event;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Witnesses that were collected from nodes, held against a log. Of those with the same number and
 * hash the first one is kept, and the others are counted. Not thread-safe.
 */
public final class SeenHeads {
  private final Map<UUID, TreeMap<Long, Map<String, Sightings>>> ledgers = new HashMap<>();
  private final Set<String> nodes = new HashSet<>();
  private int count;

  /** One head, and who saw it. */
  private static final class Sightings {
    private final SeenHead first;
    private final Set<String> nodes = new HashSet<>();

    Sightings(SeenHead first) {
      this.first = first;
    }
  }

  /** Adds a witness. */
  public void add(SeenHead seen) {
    ledgers
        .computeIfAbsent(seen.witness().ledger(), ledger -> new TreeMap<>())
        .computeIfAbsent(seen.witness().head().number(), number -> new HashMap<>())
        .computeIfAbsent(seen.witness().head().hash(), hash -> new Sightings(seen))
        .nodes
        .add(seen.node());
    nodes.add(seen.node());
    count++;
  }

  /** How many witnesses were added. */
  public int count() {
    return count;
  }

  /** The names of their nodes. */
  public Set<String> nodes() {
    return Set.copyOf(nodes);
  }

  /** The ledgers of the witnesses. */
  public Set<UUID> ledgers() {
    return Set.copyOf(ledgers.keySet());
  }

  /** A comparison of these witnesses with a log. */
  public Comparison comparison() {
    return new Comparison();
  }

  private Map<Long, Map<String, Sightings>> ofLedger(UUID ledger) {
    return ledgers.getOrDefault(ledger, new TreeMap<>());
  }

  /** Takes the events of a log, in its order and from the first on. Not thread-safe. */
  public final class Comparison {
    private UUID ledger = new UUID(0, 0);
    private long lastEvent;
    private int fitting;
    private Optional<SeenHead> lastFit = Optional.empty();
    private Optional<Misfit> misfit = Optional.empty();
    private Optional<SeenHead> laterFit = Optional.empty();
    private Optional<Long> adoption = Optional.empty();

    /**
     * Compares the next event. Whether the events are a chain is checked elsewhere.
     *
     * @throws IllegalArgumentException if the first event names no ledger
     */
    public void take(Event event) {
      if (event.kind().equals(EventKind.LEDGER.word())) {
        ledger = UUID.fromString(event.after().path("ledger").asText());
      }
      lastEvent = event.seq();
      if (adoption.isEmpty() && event.kind().equals(EventKind.ADOPT.word())) {
        adoption = Optional.of(event.seq());
      }
      Map<String, Sightings> heads = ofLedger(ledger).getOrDefault(event.seq(), Map.of());
      heads.forEach(
          (hash, sightings) -> {
            if (!hash.equals(event.hash())) {
              misfit(sightings, Optional.of(event.hash()));
            }
          });
      Optional.ofNullable(heads.get(event.hash())).ifPresent(this::fit);
    }

    private void fit(Sightings sightings) {
      fitting++;
      if (misfit.isEmpty()) {
        lastFit = Optional.of(sightings.first);
        adoption = Optional.empty();
      } else if (laterFit.isEmpty()) {
        laterFit = Optional.of(sightings.first);
      }
    }

    private void misfit(Sightings sightings, Optional<String> hash) {
      if (misfit.isEmpty()) {
        misfit = Optional.of(new Misfit(sightings.first, sightings.nodes.size(), hash));
      }
    }

    /** What the events have shown, which are now all events of the log. */
    public HeadsReport report() {
      ofLedger(ledger).entrySet().stream()
          .filter(head -> head.getKey() > lastEvent)
          .findFirst()
          .flatMap(head -> head.getValue().values().stream().findFirst())
          .ifPresent(sightings -> misfit(sightings, Optional.empty()));
      return new HeadsReport(ledger, lastEvent, fitting, lastFit, misfit, laterFit, adoption);
    }
  }
}
