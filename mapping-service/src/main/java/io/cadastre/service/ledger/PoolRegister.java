/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.AuditContext;
import io.cadastre.service.failure.ConfigurationRefused;
import io.cadastre.subid.AcceptedClaims;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Pool;
import io.cadastre.subid.ReservedIds;
import io.cadastre.subid.Strategy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the configured pools with each other, with the reserved IDs and with the recorded pools,
 * and records what was appended. Nothing else about a recorded pool may change: ranges depend on
 * it.
 */
public final class PoolRegister {
  /** H2 keeps at most 1,048,576 characters of the event that lists a pool's segments. */
  private static final int MAX_SEGMENTS = 10_000;

  private static final int SHOWN_SEGMENTS = 10;

  private static final Logger LOG = LoggerFactory.getLogger(PoolRegister.class);
  private static final String EDITED =
      " If the configuration is right, the ledger's tables were edited; to see where, run: cadastre events settle CONFIG --dry-run";

  private PoolRegister() {}

  /**
   * Records the pools of the configuration, the default first. A ledger that differs from its own
   * events gets nothing appended; it is served as it is until it is settled.
   *
   * @throws ConfigurationRefused naming every mistake
   */
  public static void record(Ledger ledger, List<Pool> configured, AcceptedClaims accepted) {
    List<String> mistakes = mistakes(configured, accepted);
    if (mistakes.isEmpty()) {
      List<Pool> recorded = recorded(ledger);
      mistakes.addAll(changes(configured, recorded));
      if (mistakes.isEmpty() && !recorded.equals(configured)) {
        appendIfEqual(ledger, configured);
      }
    }
    if (!mistakes.isEmpty()) {
      throw new ConfigurationRefused(mistakes);
    }
  }

  private static List<Pool> recorded(Ledger ledger) {
    try {
      return ledger.read(LedgerQueries::pools);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationRefused(
          List.of("pools: the ledger holds an invalid pool: " + e.getMessage() + "." + EDITED));
    }
  }

  private static void appendIfEqual(Ledger ledger, List<Pool> configured) {
    if (new LedgerCheck(ledger, Clock.systemUTC()).run().isEqual()) {
      boolean unused = ledger.change(transaction -> append(transaction, configured));
    } else {
      LOG.error(
          "the ledger differs from its own events: the pools of the configuration are not appended");
    }
  }

  private static boolean append(LedgerTransaction transaction, List<Pool> configured) {
    AuditContext context = AuditContext.service("configuration", "pools of the configuration");
    for (Pool pool : configured) {
      Optional<Pool> recorded = transaction.flush().pool(pool.name());
      if (!recorded.equals(Optional.of(pool))) {
        transaction.recordPool(recorded, pool, context);
      }
    }
    return true;
  }

  /** The mistakes in the configured pools, without regard to the recorded ones. */
  public static List<String> mistakes(List<Pool> pools, AcceptedClaims accepted) {
    List<String> mistakes = new ArrayList<>();
    if (pools.isEmpty()) {
      mistakes.add("pools: there must be at least one");
    }
    for (int i = 0; i < pools.size(); i++) {
      Pool pool = pools.get(i);
      if (pool.segments().size() > MAX_SEGMENTS) {
        mistakes.add(
            "pools[%d].segments: there are %d; an event can hold %d"
                .formatted(i, pool.segments().size(), MAX_SEGMENTS));
        continue;
      }
      for (int j = 0; j < pool.segments().size(); j++) {
        String path = "pools[%d].segments[%d]".formatted(i, j);
        IdRange segment = pool.segments().get(j);
        ReservedIds.forbidding(segment, accepted)
            .forEach(
                reserved ->
                    mistakes.add(
                        "%s: [%d, %d] touches the reserved IDs %s%s"
                            .formatted(
                                path,
                                segment.start(),
                                segment.last(),
                                reserved,
                                reserved.setting().isEmpty()
                                    ? ""
                                    : "; \"%s\" would allow them".formatted(reserved.setting()))));
      }
      for (Pool other : pools.subList(0, i)) {
        mistakes.addAll(clashes(other, pool, i));
      }
    }
    return mistakes;
  }

  private static List<String> clashes(Pool other, Pool pool, int index) {
    List<String> mistakes = new ArrayList<>();
    if (other.name().equals(pool.name())) {
      mistakes.add("pools[%d].name: %s is used twice".formatted(index, pool.name()));
    }
    for (IdRange a : other.segments()) {
      for (IdRange b : pool.segments()) {
        if (a.overlaps(b)) {
          mistakes.add(
              "pools[%d]: [%d, %d] of pool %s overlaps [%d, %d] of pool %s"
                  .formatted(
                      index, b.start(), b.last(), pool.name(), a.start(), a.last(), other.name()));
        }
      }
    }
    return mistakes;
  }

  /** The changes of recorded pools that go beyond appending to them; each is a mistake. */
  static List<String> changes(List<Pool> configured, List<Pool> recorded) {
    List<String> mistakes = new ArrayList<>();
    for (int i = 0; i < recorded.size(); i++) {
      Pool was = recorded.get(i);
      if (i >= configured.size() || !isAppendedTo(was, configured.get(i))) {
        mistakes.add(
            "pools[%d]: the ledger has recorded %s, and the file has %s. Recorded pools keep their place and may only be given more segments, behind the others.%s"
                .formatted(
                    i,
                    inYaml(was),
                    i < configured.size() ? inYaml(configured.get(i)) : "no such pool",
                    EDITED));
      }
    }
    return mistakes;
  }

  static boolean isAppendedTo(Pool was, Pool is) {
    int known = was.segments().size();
    return is.segments().size() >= known
        && was.equals(
            new Pool(
                is.name(),
                is.count(),
                is.segments().subList(0, known),
                is.strategy(),
                is.uidFirst()));
  }

  /** A pool as the configuration writes it, with its first segments. */
  static String inYaml(Pool pool) {
    int more = pool.segments().size() - SHOWN_SEGMENTS;
    return "{name: %s, count: %d, %ssegments: [%s%s]}"
        .formatted(
            pool.name(),
            pool.count(),
            pool.strategy() == Strategy.DETERMINISTIC
                ? "strategy: deterministic, uidFirst: %d, ".formatted(pool.uidFirst())
                : "",
            pool.segments().stream()
                .limit(SHOWN_SEGMENTS)
                .map(s -> "{first: %d, last: %d}".formatted(s.start(), s.last()))
                .collect(Collectors.joining(", ")),
            more > 0 ? " and %d more".formatted(more) : "");
  }
}
