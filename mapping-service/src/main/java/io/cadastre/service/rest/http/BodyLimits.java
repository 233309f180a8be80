/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ConditionalHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Bounds the number of bodies that are read at once, and how slowly each may come: reading one
 * takes a thread. One more is answered 503 at once. Jetty's own data rates measure from the first
 * byte on and have no bound for a whole body. Thread-safe.
 */
final class BodyLimits extends ConditionalHandler.Abstract {
  private final int atOnce;
  private final BodyPace usual;
  private final BodyPace batch;
  private final Semaphore free;

  BodyLimits(int atOnce, BodyPace usual, BodyPace batch) {
    this.atOnce = atOnce;
    this.usual = usual;
    this.batch = batch;
    this.free = new Semaphore(atOnce);
  }

  @Override
  protected boolean onConditionsMet(Request request, Response response, Callback callback)
      throws Exception {
    if (!hasBody(request)) {
      return nextHandler(request, response, callback);
    }
    if (!free.tryAcquire()) {
      Response.writeError(
          request,
          response,
          callback,
          HttpStatus.SERVICE_UNAVAILABLE_503,
          "the limit of %d request bodies at the same time is reached".formatted(atOnce));
      return true;
    }
    AtomicBoolean held = new AtomicBoolean(true);
    Runnable release =
        () -> {
          if (held.getAndSet(false)) {
            free.release();
          }
        };
    Request.addCompletionListener(request, failure -> release.run());
    BodyPace pace = Work.hasLargeBody(request) ? batch : usual;
    return nextHandler(new PacedBody(request, pace, release), response, callback);
  }

  @Override
  protected boolean onConditionsNotMet(Request request, Response response, Callback callback)
      throws Exception {
    return nextHandler(request, response, callback);
  }

  /** RFC 9112 section 6.3: one of the two fields announces a body. */
  private static boolean hasBody(Request request) {
    HttpField length = request.getHeaders().getField(HttpHeader.CONTENT_LENGTH);
    return request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)
        || (length != null && !"0".equals(length.getValue()));
  }
}
