/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;

/**
 * Adds the headers of every answer: it has the type of its Content-Type, and is not to be cached.
 */
public final class ResponseHeaders implements ContainerResponseFilter {
  /** To be cached, and validated before each use. */
  public static final String REVALIDATE = "no-cache";

  /** Not to be kept by any cache. */
  public static final String NOT_KEPT = "no-store";

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    response.getHeaders().putSingle("X-Content-Type-Options", "nosniff");
    if (!response.getHeaders().containsKey(HttpHeaders.CACHE_CONTROL)) {
      response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, NOT_KEPT);
    }
  }
}
