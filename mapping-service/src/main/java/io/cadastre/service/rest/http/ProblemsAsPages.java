/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import io.cadastre.service.access.Principal;
import io.cadastre.service.api.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Adds the fields of pages to their answers, and makes a page of a problem. */
@jakarta.annotation.Priority(Priorities.HEADER_DECORATOR)
public final class ProblemsAsPages implements ContainerResponseFilter {
  private final PageSide pages;

  /** Jersey sets it: a proxy of the request that the thread serves. */
  @Context private @Nullable HttpServletRequest request;

  /** For these pages. */
  public ProblemsAsPages(PageSide pages) {
    this.pages = pages;
  }

  @Override
  public void filter(ContainerRequestContext context, ContainerResponseContext response) {
    if (!PageSide.concerns("/" + context.getUriInfo().getPath(false).replaceFirst("^/", ""))) {
      return;
    }
    PageSide.fields().forEach((name, value) -> response.getHeaders().putSingle(name, value));
    if (response.getEntity() instanceof Problem problem) {
      response.setEntity(
          pages.page(
              problem,
              Optional.ofNullable((Principal) context.getProperty(AccessFilter.PRINCIPAL)),
              Optional.ofNullable(request).flatMap(SessionCookie::of)),
          null,
          MediaType.valueOf(PageSide.HTML));
    }
  }
}
