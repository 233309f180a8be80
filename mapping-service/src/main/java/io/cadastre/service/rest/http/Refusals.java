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
import java.util.Locale;
import org.slf4j.LoggerFactory;

/**
 * Answers requests that nothing behind the door may see, counts them by their code, and logs them
 * with a bound. Thread-safe.
 */
public final class Refusals {
  /** The metric is this and the code. */
  public static final String METRIC = "cadastre.refused.";

  private static final int MOST_OF_PATH = 200;

  private final ObjectMapper mapper;
  private final MetricRegistry metrics;
  private final BoundedLog log =
      new BoundedLog(LoggerFactory.getLogger(Refusals.class), "requests");

  /** Refusals that these metrics count. */
  public Refusals(ObjectMapper mapper, MetricRegistry metrics) {
    this.mapper = mapper;
    this.metrics = metrics;
  }

  /** Answers with the problem document of a refusal. */
  void answer(
      HttpServletRequest request, HttpServletResponse response, RefusalCode code, String reason)
      throws IOException {
    String why = SecretUris.inText(reason);
    metrics.counter(METRIC + code.word()).inc();
    log(request, code, why);
    Problem problem = Problem.of(code, why).in(RequestIds.current());
    response.setStatus(problem.status());
    response.setContentType(Problem.MEDIA_TYPE);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.getOutputStream().write(mapper.writeValueAsBytes(problem));
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
