/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cadastre.service.api.Problem;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.logs.BoundedLog;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.LoggerFactory;

/**
 * Answers requests that nothing behind the door may see, counts them by their code, and logs them
 * with a bound. Thread-safe.
 */
public final class Refusals {
  /** The metric is this and the code. */
  public static final String METRIC = "cadastre.refused.";

  private static final int MOST_OF_PATH = 200;
  private static final Set<String> READING = Set.of("GET", "HEAD");

  private final ObjectMapper mapper;
  private final MetricRegistry metrics;
  private final Optional<PageSide> pages;
  private final BoundedLog log =
      new BoundedLog(LoggerFactory.getLogger(Refusals.class), "requests");

  /** Refusals that these metrics count. */
  public Refusals(ObjectMapper mapper, MetricRegistry metrics) {
    this(mapper, metrics, Optional.empty());
  }

  /** The same for a connector with pages, on which a refusal is one. */
  public Refusals(ObjectMapper mapper, MetricRegistry metrics, Optional<PageSide> pages) {
    this.mapper = mapper;
    this.metrics = metrics;
    this.pages = pages;
  }

  /** The pages for people, if the path of the request is one of theirs; CONNECT has no path. */
  Optional<PageSide> pagesAt(HttpServletRequest request, String path) {
    return pages.filter(any -> PageSide.concerns(path) && any.concernsUri(request.getRequestURI()));
  }

  /** Answers with the problem document of a refusal. */
  void answer(
      HttpServletRequest request, HttpServletResponse response, RefusalCode code, String reason)
      throws IOException {
    answer(request, response, Problem.of(code, note(request, code, reason)));
  }

  /** Answers a request for a page that there is not. */
  void noSuchPage(HttpServletRequest request, HttpServletResponse response) throws IOException {
    answer(request, response, Problem.of(404, "there is no page at this address"));
  }

  private void answer(HttpServletRequest request, HttpServletResponse response, Problem refusal)
      throws IOException {
    Problem problem = refusal.in(RequestIds.current());
    response.setStatus(problem.status());
    response.setHeader("Cache-Control", "no-store");
    Optional<PageSide> page = pages.filter(any -> any.concernsUri(request.getRequestURI()));
    if (page.isPresent()) {
      PageSide.fields().forEach(response::setHeader);
      response.setContentType(PageSide.HTML);
      response
          .getOutputStream()
          .write(
              page.get()
                  .page(problem, AccessFilter.known(request), SessionCookie.of(request))
                  .getBytes(StandardCharsets.UTF_8));
      return;
    }
    response.setContentType(Problem.MEDIA_TYPE);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.getOutputStream().write(mapper.writeValueAsBytes(problem));
  }

  /** Sends a browser to the page for signing in; a form it sent is not kept. */
  void toSignIn(
      PageSide page, HttpServletRequest request, HttpServletResponse response, boolean ended)
      throws IOException {
    if (request.getHeader("HX-Request") != null) {
      // A part of a page: htmx loads the page again, which then leads to the sign-in.
      response.setHeader("HX-Refresh", "true");
    } else if (READING.contains(request.getMethod())) {
      PageSide.fields().forEach(response::setHeader);
      response.setHeader("Cache-Control", "no-store");
      response.setStatus(HttpServletResponse.SC_SEE_OTHER);
      response.setHeader("Location", page.signIn(request, ended));
      return;
    }
    answer(
        request,
        response,
        RefusalCode.UNAUTHENTICATED,
        "nobody is signed in, or the session has ended: nothing was done. Sign in, and send the"
            + " form again");
  }

  /** Counts and logs a refusal; returns the reason without secrets. */
  public String note(HttpServletRequest request, RefusalCode code, String reason) {
    String why = SecretUris.inText(reason);
    metrics.counter(METRIC + code.word()).inc();
    log(request, code, why);
    return why;
  }

  private void log(HttpServletRequest request, RefusalCode code, String why) {
    String path = request.getRequestURI();
    log.refused(
        "refused ({}): {} {} from {}: {}",
        code.word(),
        request.getMethod().toUpperCase(Locale.ROOT),
        path.length() > MOST_OF_PATH ? path.substring(0, MOST_OF_PATH) + "..." : path,
        request.getRemoteAddr(),
        why);
  }
}
