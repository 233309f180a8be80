/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

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
 * What clients may have the service do at once: so much that neither its threads nor its memory run
 * out. The texts that nodes fetch are never bounded: together the bounds leave more than half of
 * the threads to them. Health checks run on the admin connector's own threads; tasks are bounded,
 * so that some are left.
 */
final class WorkLimits {
  /** From so many threads on, the bounds are as written here; with fewer they shrink. */
  private static final int THREADS = 512;

  /** Each holds a buffer and more, also without a request. Idle ones go when there are as many. */
  private static final int CONNECTIONS = 4096;

  private static final Duration IDLE_AMONG_MANY = Duration.ofSeconds(5);

  private static final int BODIES = 64;
  private static final int ADMIN_BODIES = 8;
  private static final int CHANGES = BODIES + 32;
  private static final int LOOK_UPS = 128;

  /** Each may hold the whole ledger and the whole directory in memory. */
  private static final int TASKS = 2;

  /** Each holds a page of rows or all rows in memory. */
  private static final int LISTINGS = 8;

  /** Each holds its body in memory: {@link RequestLimits#BATCH_BYTES}. */
  private static final int BATCHES = 4;

  /** Each holds some hundred times its body in memory, parsed. */
  private static final int STORAGE_CONFS = 1;

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> TEXTS = Set.of("/v1/snapshot", "/v1/subuid", "/v1/subgid");

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
    BodyLimits adminBodies = new BodyLimits(ADMIN_BODIES, BodyPace.USUAL, BodyPace.BATCH);
    adminBodies.include(WorkLimits::isAdmin);
    NetworkConnectionLimit connections =
        new NetworkConnectionLimit(
            CONNECTIONS,
            Stream.of(server.getConnectors()).filter(c -> !isAdmin(c)).toArray(Connector[]::new));
    connections.setEndPointIdleTimeout(IDLE_AMONG_MANY.toMillis());
    server.addBean(connections);
    server.insertHandler(adminBodies);
    server.insertHandler(bodies);
    for (Turns turns :
        List.of(
            new Turns("tasks", TASKS, r -> path(r).startsWith("/tasks/")),
            new Turns("batches", BATCHES, WorkLimits::isBatch),
            new Turns("judgements of storage.conf", STORAGE_CONFS, WorkLimits::isStorageConf),
            new Turns("listings", LISTINGS, application(WorkLimits::isListing)),
            new Turns("look-ups", scaled(LOOK_UPS, threads), application(WorkLimits::isLookUp)),
            new Turns("changes", scaled(CHANGES, threads), application(WorkLimits::isChange)))) {
      server.insertHandler(turns);
    }
  }

  private static int scaled(int usual, int threads) {
    return Math.max(1, Math.min(usual, usual * threads / THREADS));
  }

  /** Whether it is a batch, whose body may take long. */
  static boolean isBatch(Request request) {
    return request.getMethod().equals("POST") && path(request).equals("/v1/owners/batch");
  }

  private static boolean isStorageConf(Request request) {
    return path(request).startsWith("/v1/storage-conf/");
  }

  /** What holds few rows, whatever the ledger holds. */
  private static boolean isLookUp(Request request) {
    return isReading(request)
        && (path(request).startsWith("/v1/owners/") || path(request).startsWith("/v1/ids/"));
  }

  private static boolean isListing(Request request) {
    return isReading(request) && !isLookUp(request) && !TEXTS.contains(path(request));
  }

  /** Batches have turns of their own: while they wait for those, they must not take these. */
  private static boolean isChange(Request request) {
    return !isReading(request) && !isBatch(request) && !isStorageConf(request);
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
    int version = Math.max(0, path.indexOf("/v1/"));
    // Jersey takes a path with a '/' at its end for the same one.
    int end = path.endsWith("/") ? path.length() - 1 : path.length();
    return path.substring(Math.min(version, end), end);
  }
}
