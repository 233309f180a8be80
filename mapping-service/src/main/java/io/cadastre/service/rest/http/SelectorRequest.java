/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.util.thread.Invocable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * A request in the thread that reads the requests of many connections ({@link SelectorLookUps}):
 * what is written is kept until the client takes it, and nobody waits for that. So it is for small
 * answers. What may take longer, or is larger, continues in the pool. Thread-safe.
 */
public final class SelectorRequest extends Response.Wrapper {
  private static final Logger LOG = LoggerFactory.getLogger(SelectorRequest.class);
  private static final String KEY = SelectorRequest.class.getName();

  private record Part(boolean last, ByteBuffer content, boolean end) {}

  private static final Part END = new Part(true, BufferUtil.EMPTY_BUFFER, true);

  private final Callback exchange;
  private final Queue<Part> parts = new ConcurrentLinkedQueue<>();
  private final Sender sender = new Sender();
  private final AtomicBoolean failed = new AtomicBoolean();
  private volatile boolean inPool;

  private SelectorRequest(Request request, Response response, Callback exchange) {
    super(request, response);
    this.exchange = exchange;
  }

  /** Begins with a request, whose exchange ends with this callback. */
  static SelectorRequest of(Request request, Response response, Callback exchange) {
    SelectorRequest here = new SelectorRequest(request, response, exchange);
    request.setAttribute(KEY, here);
    return here;
  }

  /**
   * Lets the chain go on where it may wait: in the pool, if the request is in a selector's thread.
   * Nothing may be written before.
   */
  public static void goOn(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(request.getAttribute(KEY) instanceof SelectorRequest here) || here.inPool) {
      chain.doFilter(request, response);
      return;
    }
    here.inPool = true;
    Optional<Map<String, String>> logged = Optional.ofNullable(MDC.getCopyOfContextMap());
    AsyncContext continued = request.startAsync(request, response);
    continued.setTimeout(0);
    continued.start(
        () -> {
          logged.ifPresent(MDC::setContextMap);
          try {
            chain.doFilter(request, response);
          } catch (IOException | ServletException | RuntimeException e) {
            fail(response, e);
          } finally {
            MDC.clear();
            continued.complete();
          }
        });
  }

  private static void fail(HttpServletResponse response, Exception failure) {
    LOG.warn("a request failed", failure);
    try {
      if (!response.isCommitted()) {
        response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
      }
    } catch (IOException e) {
      LOG.debug("the client is gone", e);
    }
  }

  /** Ends the exchange when all is sent. */
  Callback end() {
    return Callback.from(Invocable.InvocationType.NON_BLOCKING, () -> send(END), exchange::failed);
  }

  @Override
  public void write(boolean last, ByteBuffer content, Callback callback) {
    if (inPool) {
      super.write(last, content, callback);
      return;
    }
    ByteBuffer kept = BufferUtil.EMPTY_BUFFER;
    if (BufferUtil.hasContent(content)) {
      kept = BufferUtil.copy(content);
      content.position(content.limit());
    }
    send(new Part(last, kept, false));
    callback.succeeded();
  }

  private void send(Part part) {
    parts.add(part);
    sender.iterate();
    if (sender.isFailed()) {
      sender.failAtEnd();
    }
  }

  private void sendPart(Part part) {
    super.write(part.last(), part.content(), sender);
  }

  private final class Sender extends IteratingCallback {
    private volatile Throwable failure = new EofException("the client is gone");

    @Override
    protected Action process() {
      Part part = parts.poll();
      if (part == null) {
        return Action.IDLE;
      }
      if (part.end()) {
        exchange.succeeded();
        return Action.SUCCEEDED;
      }
      sendPart(part);
      return Action.SCHEDULED;
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
      failure = cause;
      failAtEnd();
    }

    void failAtEnd() {
      if (parts.contains(END) && failed.compareAndSet(false, true)) {
        exchange.failed(failure);
      }
    }

    @Override
    public InvocationType getInvocationType() {
      return InvocationType.NON_BLOCKING;
    }
  }
}
