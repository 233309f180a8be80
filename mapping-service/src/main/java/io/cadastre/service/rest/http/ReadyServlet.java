/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import com.codahale.metrics.health.HealthCheckRegistry;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * {@code /ready} of the admin connector, for probes that have no credential: 200, or 503 with the
 * names of the failed checks, one a line. The reasons are for auditors, in {@code /healthcheck}. A
 * check runs at most once a second, however many clients ask.
 */
public final class ReadyServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient HealthCheckRegistry checks;

  /** A servlet that runs these checks. */
  public ReadyServlet(HealthCheckRegistry checks) {
    this.checks = checks;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    List<String> failed =
        checks.runHealthChecks().entrySet().stream()
            .filter(check -> !check.getValue().isHealthy())
            .map(Map.Entry::getKey)
            .toList();
    response.setStatus(
        failed.isEmpty()
            ? HttpServletResponse.SC_OK
            : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    response.setHeader("Cache-Control", "no-store");
    response.setContentType("text/plain; charset=utf-8");
    String text = failed.isEmpty() ? "ready\n" : String.join("\n", failed) + "\n";
    response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }
}
