/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import io.cadastre.service.api.Paths;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.URIUtil;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * Bounds the work that clients may start at once, so that neither threads nor memory run out. The
 * texts that nodes fetch are never bounded: together the bounds leave more than half of the threads
 * to them. The admin connector has threads of its own.
 */
final class WorkLimits {
  /** The number of threads from which on the bounds are as written here; fewer shrink them. */
  private static final int THREADS = 512;

  /** Each holds a buffer and more, also without a request. At this number, idle ones are closed. */
  private static final int CONNECTIONS = 4096;

  private static final Duration IDLE_AMONG_MANY = Duration.ofSeconds(5);

  private static final int BODIES = 64;
  private static final int CHANGES = BODIES + 32;
  private static final int LOOK_UPS = 128;

  /** Each may hold the whole ledger and the whole directory in memory. */
  private static final int ADMIN_OPERATIONS = 2;

  /** Each holds a page of rows or all rows in memory. */
  private static final int LISTINGS = 8;

  /** Each holds the rows of some changes: for nodes, which must not wait for listings. */
  private static final int READERS_OF_CHANGES = 64;

  /** Each holds its body in memory: {@link RequestLimits#BATCH_BYTES}. */
  private static final int BATCHES = 4;

  /** Each holds some hundred times its body in memory, parsed. */
  private static final int STORAGE_CONFS = 1;

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> TEXTS = Set.of(Paths.SNAPSHOT, Paths.SUBUID, Paths.SUBGID);

  private static final String OWNERS = Paths.owner("");

  private WorkLimits() {}

  /**
   * Puts the bounds before everything else.
   *
   * @param threads how many the application connectors have
   */
  static LifeCycle.Listener of(int threads) {
    return new LifeCycle.Listener() {
      @Override
      public void lifeCycleStarting(LifeCycle started) {
        if (started instanceof Server server) {
          insert(server, threads);
        }
      }
    };
  }

  private static void insert(Server server, int threads) {
    BodyLimits bodies = new BodyLimits(scaled(BODIES, threads), BodyPace.USUAL, BodyPace.BATCH);
    bodies.exclude(WorkLimits::isAdmin);
    NetworkConnectionLimit connections =
        new NetworkConnectionLimit(
            CONNECTIONS,
            Stream.of(server.getConnectors()).filter(c -> !isAdmin(c)).toArray(Connector[]::new));
    connections.setEndPointIdleTimeout(IDLE_AMONG_MANY.toMillis());
    server.addBean(connections);
    server.insertHandler(bodies);
    for (ConcurrencyLimit limit :
        List.of(
            new ConcurrencyLimit(
                "admin operations", ADMIN_OPERATIONS, WorkLimits::isAdminOperation),
            new ConcurrencyLimit("batches", BATCHES, WorkLimits::isBatch),
            new ConcurrencyLimit(
                "judgements of storage.conf", STORAGE_CONFS, WorkLimits::isStorageConf),
            new ConcurrencyLimit("listings", LISTINGS, application(WorkLimits::isListing)),
            new ConcurrencyLimit(
                "readers of changes",
                scaled(READERS_OF_CHANGES, threads),
                application(WorkLimits::readsChanges)),
            new ConcurrencyLimit(
                "look-ups", scaled(LOOK_UPS, threads), application(WorkLimits::isLookUp)),
            new ConcurrencyLimit(
                "changes", scaled(CHANGES, threads), application(WorkLimits::isChange)))) {
      server.insertHandler(limit);
    }
  }

  private static int scaled(int usual, int threads) {
    return Math.max(1, Math.min(usual, usual * threads / THREADS));
  }

  /** Whether the body may be large, and take long. */
  static boolean isLarge(Request request) {
    return isBatch(request) || path(request).equals(Paths.admin(Paths.IMPORT));
  }

  private static boolean isBatch(Request request) {
    return request.getMethod().equals("POST") && path(request).equals(Paths.BATCH);
  }

  private static boolean isAdminOperation(Request request) {
    return path(request).startsWith(Paths.admin(""));
  }

  private static boolean isStorageConf(Request request) {
    return path(request).startsWith(Paths.STORAGE_CONF + "/");
  }

  /** Whether the answer has few rows, whatever the ledger holds. */
  private static boolean isLookUp(Request request) {
    return isReading(request)
        && (path(request).startsWith(OWNERS) || path(request).startsWith(Paths.IDS + "/"));
  }

  private static boolean isListing(Request request) {
    return isReading(request)
        && !isLookUp(request)
        && !isAdminOperation(request)
        && !readsChanges(request)
        && !TEXTS.contains(path(request));
  }

  private static boolean readsChanges(Request request) {
    return isReading(request) && path(request).equals(Paths.CHANGES);
  }

  /** Excludes requests with a limit of their own, which must not hold a place here as they wait. */
  private static boolean isChange(Request request) {
    return !isReading(request)
        && !isBatch(request)
        && !isStorageConf(request)
        && !isAdminOperation(request);
  }

  private static boolean isReading(Request request) {
    return READING.contains(request.getMethod());
  }

  private static boolean isAdmin(Request request) {
    return isAdmin(request.getConnectionMetaData().getConnector());
  }

  private static boolean isAdmin(Connector connector) {
    return "admin".equals(connector.getName());
  }

  private static Predicate<Request> application(Predicate<Request> which) {
    return request -> !isAdmin(request) && which.test(request);
  }

  /** The path without what an operator may have put before it, "applicationContextPath". */
  private static String path(Request request) {
    String path =
        Optional.ofNullable(Request.getPathInContext(request)).map(URIUtil::compactPath).orElse("");
    int version = Math.max(0, path.indexOf(Paths.V1 + "/"));
    // Jersey takes a path with a '/' at its end for the same one.
    int end = path.endsWith("/") ? path.length() - 1 : path.length();
    return path.substring(Math.min(version, end), end);
  }
}
