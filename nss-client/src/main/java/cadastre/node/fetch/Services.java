/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.fetch;

import cadastre.node.failure.NodeFailure;
import cadastre.node.guard.SyncRefused;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
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
   * @param timeout for connecting and for each read; the whole may take ten times as long
   * @return empty if what the node has is the present one (304)
   * @throws NodeFailure of the service that gave the worst: a damaged snapshot rather than none
   */
  public Optional<Fetched> fetch(Optional<String> etag, Duration timeout) throws NodeFailure {
    Optional<NodeFailure> worst = Optional.empty();
    for (SnapshotSource source : sources) {
      try {
        return source.fetch(etag, timeout);
      } catch (SyncRefused e) {
        worst = Optional.of(e);
      } catch (ServiceUnavailable e) {
        worst = worst.or(() -> Optional.of(e));
      }
    }
    throw worst.orElseThrow();
  }

  /**
   * Goes on asking: a node that boots without a snapshot may be up before its network, or before
   * the service. The pauses are random, since a whole cluster may be booting.
   *
   * @param patience how long, and the timeout of each attempt
   * @param notice told why the first attempt failed
   */
  public Fetched fetchPatiently(Duration patience, Consumer<String> notice) throws NodeFailure {
    boolean first = true;
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      try {
        return fetch(Optional.empty(), left.compareTo(PAUSE) < 0 ? PAUSE : left).orElseThrow();
      } catch (ServiceUnavailable e) {
        Duration pause =
            PAUSE.plusMillis(ThreadLocalRandom.current().nextLong(2 * PAUSE.toMillis()));
        if (!e.isWorthAnotherTry() || System.nanoTime() + pause.toNanos() >= deadline) {
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

  private static void sleep(Duration pause, ServiceUnavailable e) throws ServiceUnavailable {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw e;
    }
  }
}
