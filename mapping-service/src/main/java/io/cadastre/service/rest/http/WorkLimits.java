/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import java.time.Duration;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
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
  static final int CONNECTIONS = 4096;

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
    bodies.exclude(Work::isOfAdminConnector);
    NetworkConnectionLimit connections =
        new NetworkConnectionLimit(
            CONNECTIONS,
            Stream.of(server.getConnectors())
                .filter(c -> !Work.isAdmin(c))
                .toArray(Connector[]::new));
    connections.setEndPointIdleTimeout(IDLE_AMONG_MANY.toMillis());
    server.addBean(connections);
    server.insertHandler(bodies);
    bound(server, Work.ADMIN_OPERATION, ADMIN_OPERATIONS);
    bound(server, Work.BATCH, BATCHES);
    bound(server, Work.STORAGE_CONF, STORAGE_CONFS);
    bound(server, Work.LISTING, LISTINGS);
    bound(server, Work.READING_CHANGES, scaled(READERS_OF_CHANGES, threads));
    bound(server, Work.LOOK_UP, scaled(LOOK_UPS, threads));
    bound(server, Work.CHANGE, scaled(CHANGES, threads));
  }

  private static void bound(Server server, Work work, int atOnce) {
    server.insertHandler(
        new ConcurrencyLimit(work.inWords(), atOnce, request -> Work.of(request) == work));
  }

  private static int scaled(int usual, int threads) {
    return Math.max(1, Math.min(usual, usual * threads / THREADS));
  }
}
