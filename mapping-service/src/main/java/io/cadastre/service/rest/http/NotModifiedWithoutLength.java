/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Sends each 304 without a Content-Length. RFC 9110 section 8.6 allows the length of the 200 there,
 * but wrk and old releases of Node.js then wait for a body, and forbids 0, which Jetty adds to each
 * answer that ends before its headers were sent. So the headers are sent before the answer ends.
 */
public final class NotModifiedWithoutLength implements Filter {
  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(request, response);
    if (((HttpServletResponse) response).getStatus() == HttpServletResponse.SC_NOT_MODIFIED) {
      response.flushBuffer();
    }
  }
}
