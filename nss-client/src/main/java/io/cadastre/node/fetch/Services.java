/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.fetch;

import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.guard.SyncRefused;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import javax.net.ssl.SSLSocketFactory;

/**
 * The services of a site, tried in turn. They are replicas: an entity tag is the snapshot's digest,
 * whichever of them gave it.
 */
public final class Services {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private final List<SnapshotSource> sources;

  /**
   * The services at these URLs.
   *
   * @param urls at least one
   * @param trusted what to check their certificates with; empty for the JRE's own
   */
  public Services(List<String> urls, Optional<SSLSocketFactory> trusted) {
    this.sources = urls.stream().map(url -> new SnapshotSource(url, trusted)).toList();
  }

  /**
   * Asks each service once, until one gives a snapshot.
   *
   * @param etag of what the node has; empty to have it sent in any case
   * @param timeout of each attempt
   * @return empty if what the node has is the present one (304)
   * @throws NodeFailure of the service that gave the worst: a damaged snapshot rather than none,
   *     and rather than one that is no Cadastre service, one that may answer yet
   */
  public Optional<Fetched> fetch(Optional<String> etag, Duration timeout) throws NodeFailure {
    return fetch(etag, next -> timeout);
  }

  private Optional<Fetched> fetch(Optional<String> etag, IntFunction<Duration> limit)
      throws NodeFailure {
    Optional<SyncRefused> refused = Optional.empty();
    Optional<ServiceUnavailable> unavailable = Optional.empty();
    for (int i = 0; i < sources.size(); i++) {
      try {
        return sources.get(i).fetch(etag, limit.apply(i));
      } catch (SyncRefused e) {
        refused = Optional.of(e);
      } catch (ServiceUnavailable e) {
        unavailable =
            unavailable
                .filter(u -> u.isWorthAnotherTry() || !e.isWorthAnotherTry())
                .or(() -> Optional.of(e));
      }
    }
    if (refused.isPresent()) {
      throw refused.get();
    }
    throw unavailable.orElseThrow();
  }

  /**
   * Goes on asking: a node that boots without a snapshot may be up before its network, or before
   * the service. The pauses are random, since a whole cluster may be booting.
   *
   * @param patience how long; each service in turn has its share of what is left, so that one that
   *     hangs leaves time for the next
   * @param notice told why the first attempt failed
   */
  public Fetched fetchPatiently(Duration patience, Consumer<String> notice) throws NodeFailure {
    boolean first = true;
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return fetch(Optional.empty(), next -> share(deadline, sources.size() - next))
            .orElseThrow();
      } catch (ServiceUnavailable e) {
        Duration pause =
            PAUSE.plusMillis(ThreadLocalRandom.current().nextLong(2 * PAUSE.toMillis()));
        if (!e.isWorthAnotherTry() || pause.compareTo(share(deadline, 1)) >= 0) {
          throw e;
        }
        if (first) {
          notice.accept(e.getMessage() + "; trying for " + patience.toSeconds() + " s");
          first = false;
        }
        sleep(pause, e);
      }
    }
  }

  /** What is left for each of so many; never nothing, which to a socket is no limit at all. */
  private static Duration share(long deadline, int services) {
    long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
    return Duration.ofMillis(Math.max(left / services, 1));
  }

  private static void sleep(Duration pause, ServiceUnavailable e) throws ServiceUnavailable {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw e;
    }
  }
}
