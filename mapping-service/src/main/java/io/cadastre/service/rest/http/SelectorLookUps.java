/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import io.cadastre.service.access.TokenText;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * Handles look-ups that memory may answer in the thread that has read them, and hands all other
 * requests to the pool: to wake a thread costs as much as the answer. That thread reads the
 * requests of many connections, so nothing may hold it up: a look-up that memory cannot answer goes
 * on in the pool ({@link SelectorRequest}), and answers do not wait for a client that does not read
 * them. Thread-safe.
 */
final class SelectorLookUps extends Handler.Wrapper {
  /** A client that sends without a pause gives way to the others after so many requests. */
  private static final int IN_A_ROW = 32;

  private static final Set<String> METHODS = Set.of("GET", "HEAD");
  private static final List<HttpHeader> OF_BODIES =
      List.of(HttpHeader.CONTENT_LENGTH, HttpHeader.TRANSFER_ENCODING, HttpHeader.EXPECT);
  private static final String BEARER = "Bearer " + TokenText.PREFIX;

  private SelectorLookUps(Handler handler) {
    super(false, handler);
  }

  /** Puts it before everything else of a server when that starts. */
  static LifeCycle.Listener before() {
    return new LifeCycle.Listener() {
      @Override
      public void lifeCycleStarting(LifeCycle started) {
        if (started instanceof Server server) {
          server.setHandler(new SelectorLookUps(server.getHandler()));
          // Jetty takes a server whose handlers may change for one that blocks.
          server.setDynamic(false);
        }
      }
    };
  }

  /** What blocks is handed to the pool here. */
  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (isShort(request)) {
      SelectorRequest here = SelectorRequest.of(request, response, callback);
      return super.handle(request, here, here.end());
    }
    try {
      request.getContext().execute(() -> inPool(request, response, callback));
    } catch (RejectedExecutionException e) {
      Response.writeError(
          request,
          response,
          callback,
          HttpStatus.SERVICE_UNAVAILABLE_503,
          "too many requests wait");
    }
    return true;
  }

  private void inPool(Request request, Response response, Callback callback) {
    try {
      if (!super.handle(request, response, callback)) {
        Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
      }
    } catch (Throwable e) { // what Jetty does with a failure of a handler
      Response.writeError(request, response, callback, e);
    }
  }

  /** By its form alone: how long an answer takes must not tell who is in the ledger. */
  private static boolean isShort(Request request) {
    return METHODS.contains(request.getMethod())
        && request.getHttpURI().getQuery() == null
        && Work.mayBeInMemory(request)
        && OF_BODIES.stream().noneMatch(request.getHeaders()::contains)
        && isSoonKnown(request.getHeaders().get(HttpHeader.AUTHORIZATION))
        && request.getConnectionMetaData().getConnection().getMessagesIn() % IN_A_ROW != 0;
  }

  /** The keys of an OpenID provider may have to be fetched. */
  private static boolean isSoonKnown(String authorization) {
    return authorization == null || authorization.startsWith(BEARER);
  }
}
