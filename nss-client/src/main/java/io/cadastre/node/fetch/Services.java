/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.fetch;

import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.guard.SyncRefused;
import io.cadastre.node.settings.NodeSettings;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.node.tree.TreeUnfit;
import io.cadastre.subid.EventHead;
import io.cadastre.subid.NodeName;
import io.cadastre.subid.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import javax.net.ssl.SSLSocketFactory;

/**
 * The services of a site, tried in turn. They are replicas: an entity tag is the digest of the
 * snapshot, so that a tag of one service is valid for all. Not thread-safe.
 */
public final class Services {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private final List<SnapshotSource> sources = new ArrayList<>();
  private final List<ReportTarget> targets = new ArrayList<>();
  private int answering;
  private Reply reply = Reply.NOTHING;
  private Optional<EventHead> head = Optional.empty();

  /** What a service said. */
  public enum Reply {
    /** None has answered, or not as a Cadastre service. */
    NOTHING,
    /** It sent a snapshot, maybe a damaged one. */
    SNAPSHOT,
    /** The node has the current snapshot (304). */
    NOT_MODIFIED
  }

  /**
   * The services at these URLs.
   *
   * @param urls at least one
   * @param trusted checks their certificates and shows the node's; empty for the certificates of
   *     the JRE, and no own one
   * @param authorization what requests show; empty without a credential
   */
  Services(List<String> urls, Optional<SSLSocketFactory> trusted, Optional<String> authorization) {
    for (String url : urls) {
      sources.add(new SnapshotSource(url, trusted, authorization));
      targets.add(new ReportTarget(url, trusted, authorization));
    }
  }

  /**
   * A snapshot as a service sent it.
   *
   * @param snapshot whole and well-formed, not yet checked by the guards
   * @param etag the entity tag to send with the next request
   */
  public record Fetched(Snapshot snapshot, Optional<String> etag) {}

  /**
   * The services of these settings, which name at least one.
   *
   * @throws TreeUnfit if the CA file holds no certificate, the token file no token for this node
   *     alone, or the key file no such key
   */
  public static Services open(NodeTree tree, NodeSettings settings) throws IOException, TreeUnfit {
    Optional<Path> tokenFile = settings.tokenFile();
    return new Services(
        settings.urls(),
        Trust.of(tree, settings),
        tokenFile.isPresent()
            ? Optional.of(ServiceToken.load(tree, tokenFile.get(), settings.urls()))
            : Optional.empty());
  }

  /**
   * Asks each service once, until one sends a snapshot.
   *
   * @param etag of the snapshot that the node has; empty to fetch in any case
   * @param timeout of each attempt
   * @return empty if the node has the current snapshot (304)
   * @throws NodeFailure of the worst failure: a damaged snapshot before no snapshot, and a service
   *     that may answer later before a server that is no Cadastre service
   */
  public Optional<Fetched> fetch(Optional<String> etag, Duration timeout) throws NodeFailure {
    return fetch(etag, new Each(timeout));
  }

  /** The same limit for each service. */
  private record Each(Duration limit) implements IntFunction<Duration> {
    @Override
    public Duration apply(int next) {
      return limit;
    }
  }

  private Optional<Fetched> fetch(Optional<String> etag, IntFunction<Duration> limit)
      throws NodeFailure {
    head = Optional.empty();
    Optional<SyncRefused> refused = Optional.empty();
    Optional<ServiceUnavailable> unavailable = Optional.empty();
    for (int i = 0; i < sources.size(); i++) {
      try {
        SnapshotSource.Answer answer = sources.get(i).fetch(etag, limit.apply(i));
        reply = answer.fetched().isPresent() ? Reply.SNAPSHOT : Reply.NOT_MODIFIED;
        head = answer.head();
        answering = i;
        return answer.fetched();
      } catch (SyncRefused e) {
        reply = Reply.SNAPSHOT;
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
   * Sends the report of a node to the service that answered the last request.
   *
   * @throws ServiceUnavailable if it did not take the report
   */
  public void report(NodeName node, byte[] json, Duration limit) throws ServiceUnavailable {
    targets.get(answering).put(node, json, limit);
  }

  /** The last reply to the last request. */
  public Reply reply() {
    return reply;
  }

  /** The newest event, as the last request that succeeded was told; empty if it was not told. */
  public Optional<EventHead> head() {
    return head;
  }

  /**
   * Asks again and again: a node that boots without a snapshot may be up before its network, or
   * before the service. The pauses are random, since a whole cluster may be booting.
   *
   * @param patience how long; each service has its share of the time left, so that one that hangs
   *     leaves time for the next
   * @param notice receives the reason why the first attempt failed
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

  /**
   * The share of the time left for each of this many services; at least 1 ms, since 0 means no
   * limit to a socket.
   */
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
