/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import io.cadastre.service.api.Paths;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.URIUtil;

/** What a request asks for, as far as the bounds on work tell requests apart. */
enum Work {
  /** A change or a long read of an admin, below one path. */
  ADMIN_OPERATION("admin operations"),
  /** Many owners in a body. */
  BATCH("batches"),
  /** The judgement of a storage.conf. */
  STORAGE_CONF("judgements of storage.conf"),
  /** Rows without a small bound, and maps of them. */
  LISTING("listings"),
  /** What has changed since a serial. */
  READING_CHANGES("readers of changes"),
  /** Few rows, whatever the ledger holds. */
  LOOK_UP("look-ups"),
  /** Any other request that changes something. */
  CHANGE("changes"),
  /** The texts of nodes, and all of the admin connector. */
  UNBOUNDED("other requests");

  private static final String KEY = Work.class.getName();
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> TEXTS = Set.of(Paths.SNAPSHOT, Paths.SUBUID, Paths.SUBGID);
  private static final String OWNERS = Paths.owner("");

  private final String inWords;

  Work(String inWords) {
    this.inWords = inWords;
  }

  /** The requests of this kind, in the plural. */
  String inWords() {
    return inWords;
  }

  /** The work of a request, which keeps it: each bound asks. */
  static Work of(Request request) {
    if (request.getAttribute(KEY) instanceof Work known) {
      return known;
    }
    Work work = isOfAdminConnector(request) ? UNBOUNDED : of(request.getMethod(), path(request));
    request.setAttribute(KEY, work);
    return work;
  }

  private static Work of(String method, String path) {
    if (path.startsWith(Paths.admin(""))) {
      return ADMIN_OPERATION;
    }
    if (path.startsWith(Paths.STORAGE_CONF + "/") || path.equals(PageSide.STORAGE_CONF)) {
      return STORAGE_CONF;
    }
    if (!READING.contains(method)) {
      return isBatch(method, path) ? BATCH : CHANGE;
    }
    if (path.startsWith(OWNERS) || path.startsWith(Paths.IDS + "/") || isSmallPage(path)) {
      return LOOK_UP;
    }
    if (path.equals(Paths.CHANGES)) {
      return READING_CHANGES;
    }
    return TEXTS.contains(path) ? UNBOUNDED : LISTING;
  }

  /** A page, or a file of the pages, which a browser asks for several at a time. */
  private static boolean isSmallPage(String path) {
    return PageSide.concerns(path)
        && !path.startsWith(PageSide.EVENTS)
        && !path.equals(PageSide.MAP);
  }

  /** Whether the body may be large, and take long. */
  static boolean hasLargeBody(Request request) {
    String path = path(request);
    return isBatch(request.getMethod(), path) || path.equals(Paths.admin(Paths.IMPORT));
  }

  private static boolean isBatch(String method, String path) {
    return method.equals("POST") && path.equals(Paths.BATCH);
  }

  /** Whether it came to the connector of health checks and metrics. */
  static boolean isOfAdminConnector(Request request) {
    return isAdmin(request.getConnectionMetaData().getConnector());
  }

  /** Whether this is the connector of health checks and metrics. */
  static boolean isAdmin(Connector connector) {
    return "admin".equals(connector.getName());
  }

  /** The path without what an operator may have put before it, "applicationContextPath". */
  private static String path(Request request) {
    String path =
        Optional.ofNullable(Request.getPathInContext(request)).map(URIUtil::compactPath).orElse("");
    int api = path.indexOf(Paths.V1 + "/");
    int version = Math.max(0, api < 0 ? path.indexOf(PageSide.ROOT + "/") : api);
    // Jersey takes a path with a '/' at its end for the same one.
    int end = path.endsWith("/") ? path.length() - 1 : path.length();
    return path.substring(Math.min(version, end), end);
  }
}
