/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Answers 404 to Dropwizard's own tasks, which collect garbage and set log levels: the admin
 * connector has health checks and metrics only.
 */
public final class NoTasks implements Filter {
  /** The paths that it is for. */
  public static final String PATHS = "/tasks/*";

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException {
    ((HttpServletResponse) response).sendError(HttpServletResponse.SC_NOT_FOUND);
  }
}
