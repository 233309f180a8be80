/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import java.time.Duration;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.QoSHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Bounds the number of requests of one kind that work at once. More requests wait for their turn
 * without a thread. A request that waits too long, or finds too many waiting, is answered 503.
 */
final class ConcurrencyLimit extends QoSHandler {
  /** The number of requests that may wait for their turn. */
  static final int WAITING = 256;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String what;

  /**
   * Limits a kind of requests.
   *
   * @param what the kind, in the plural
   */
  ConcurrencyLimit(String what, int atOnce, Predicate<Request> which) {
    this.what = what;
    setMaxRequestCount(atOnce);
    setMaxSuspendedRequestCount(WAITING);
    setMaxSuspend(PATIENCE);
    include(which);
  }

  @Override
  protected void reject(Request request, Response response, Callback callback, int status) {
    Response.writeError(request, response, callback, status, tooMany());
  }

  @Override
  protected void failSuspended(
      Request request, Response response, Callback callback, int status, Throwable failure) {
    if (status == HttpStatus.SERVICE_UNAVAILABLE_503) {
      Response.writeError(request, response, callback, status, tooMany());
    } else {
      super.failSuspended(request, response, callback, status, failure);
    }
  }

  private String tooMany() {
    return "the limit of %d %s at the same time is reached".formatted(getMaxRequestCount(), what);
  }
}
