/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import io.cadastre.service.access.AccessTable;
import io.cadastre.service.access.AccessTable.Effect;
import io.cadastre.service.access.Authenticator;
import io.cadastre.service.access.Presented;
import io.cadastre.service.access.Principal;
import io.cadastre.service.access.Role;
import io.cadastre.service.access.Unauthenticated;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.MDC;

/**
 * The lock on the door: checks Host and Origin, finds the caller, and asks the table whether the
 * caller's role may call this. Nothing behind it runs for a request that it refuses. 401: no valid
 * credential. 403: the credential may not.
 */
public final class AccessFilter implements Filter {
  static final String PRINCIPAL = AccessFilter.class.getName();

  /** The logging context's key for the caller's name. */
  private static final String KEY = "principal";

  private final AccessTable table;
  private final Optional<List<Authenticator>> authenticators;
  private final HostRule hosts;
  private final RequestRates rates;
  private final Set<String> unlimited;
  private final ApiPath paths;
  private final Refusals refusals;

  /**
   * A filter for one connector.
   *
   * @param authenticators the kinds of credentials; empty for a registry that is open to everyone
   * @param unlimited the paths of the table whose GET is not counted
   */
  public AccessFilter(
      AccessTable table,
      Optional<List<Authenticator>> authenticators,
      HostRule hosts,
      RequestRates rates,
      Set<String> unlimited,
      ApiPath paths,
      Refusals refusals) {
    this.table = table;
    this.authenticators = authenticators.map(List::copyOf);
    this.hosts = hosts;
    this.rates = rates;
    this.unlimited = Set.copyOf(unlimited);
    this.paths = paths;
    this.refusals = refusals;
  }

  @Override
  public void doFilter(ServletRequest servletRequest, ServletResponse answer, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest request = (HttpServletRequest) servletRequest;
    HttpServletResponse response = (HttpServletResponse) answer;
    Optional<String> host = ShownCredentials.header(request, "Host");
    Optional<String> foreignHost = hosts.foreignHost(host);
    if (foreignHost.isPresent()) {
      refusals.answer(request, response, RefusalCode.MISDIRECTED, foreignHost.get());
      return;
    }
    Optional<String> foreignOrigin =
        hosts.foreignOrigin(ShownCredentials.header(request, "Origin"), host);
    if (foreignOrigin.isPresent()) {
      refusals.answer(request, response, RefusalCode.FOREIGN_ORIGIN, foreignOrigin.get());
      return;
    }
    String path = path(request);
    Optional<AccessTable.Row> row = table.row(request.getMethod(), path);
    Optional<PageSide> pages = refusals.pagesAt(request, path);
    if (pages.isPresent() && refusesPage(row, request, response)) {
      return;
    }
    if (row.filter(AccessTable.Row::everyone).isPresent()) {
      chain.doFilter(request, response);
      return;
    }
    Principal principal;
    try {
      principal = authenticate(request, pages.isPresent());
    } catch (Unauthenticated e) {
      boolean ended = pages.isPresent() && SessionCookie.of(request).isPresent();
      if (pages.isPresent() && !ended) {
        refusals.toSignIn(pages.get(), request, response, false);
        return;
      }
      Optional<RequestRates.Excess> excess = rates.ofFailure(request.getRemoteAddr());
      if (excess.isPresent()) {
        refuse(request, response, excess.get());
        return;
      }
      if (pages.isPresent()) {
        refusals.toSignIn(pages.get(), request, response, ended);
        return;
      }
      response.setHeader("WWW-Authenticate", "Bearer realm=\"cadastre\"");
      refusals.answer(
          request, response, RefusalCode.UNAUTHENTICATED, String.valueOf(e.getMessage()));
      return;
    }
    if (row.filter(this::isUnlimited).isEmpty()) {
      Optional<RequestRates.Excess> excess = rates.ofCaller(principal, request.getRemoteAddr());
      if (excess.isPresent()) {
        refuse(request, response, excess.get());
        return;
      }
    }
    Set<Role> roles = row.map(AccessTable.Row::roles).orElse(Set.of(Role.ADMIN));
    if (!roles.contains(principal.role())) {
      String why = Denials.forbidden(principal, request, roles);
      refusals.answer(request, response, RefusalCode.FORBIDDEN, why);
      return;
    }
    Optional<String> bound = principal.bounds().ofChanges();
    if (bound.isPresent()
        && row.map(AccessTable.Row::effect).orElse(Effect.CHANGES) == Effect.CHANGES) {
      String why = Denials.outOfScope(principal, bound.get());
      refusals.answer(request, response, RefusalCode.OUT_OF_SCOPE, why);
      return;
    }
    Optional<Refused> foreignNode = row.flatMap(r -> Denials.foreignNode(principal, r, path));
    if (foreignNode.isPresent()) {
      Refused refused = foreignNode.get();
      refusals.answer(request, response, refused.code(), String.valueOf(refused.getMessage()));
      return;
    }
    request.setAttribute(PRINCIPAL, principal);
    MDC.put(KEY, principal.name());
    try {
      chain.doFilter(request, response);
    } finally {
      MDC.remove(KEY);
    }
  }

  /** No form of another page gets in, and no path that is none. */
  private boolean refusesPage(
      Optional<AccessTable.Row> row, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<String> forged = PageSide.forged(request);
    if (forged.isPresent()) {
      refusals.answer(request, response, RefusalCode.FORGED_FORM, forged.get());
    } else if (row.isEmpty()) {
      refusals.noSuchPage(request, response);
    }
    return forged.isPresent() || row.isEmpty();
  }

  /** Only what begins with the prefix to the letter reaches Jersey; all else is in no row. */
  private String path(HttpServletRequest request) {
    return paths.of(request).orElseGet(request::getRequestURI);
  }

  /** Returns the caller of a request, if the filter has found one. */
  public static Optional<Principal> known(HttpServletRequest request) {
    return Optional.ofNullable((Principal) request.getAttribute(PRINCIPAL));
  }

  /** Returns the caller of a request that passed the filter. */
  public static Principal principal(HttpServletRequest request) {
    return known(request)
        .orElseThrow(() -> new IllegalStateException("the request did not pass the access filter"));
  }

  /** A boot storm is no attack. */
  private boolean isUnlimited(AccessTable.Row row) {
    return row.method().equals("GET") && unlimited.contains(row.template());
  }

  private void refuse(
      HttpServletRequest request, HttpServletResponse response, RequestRates.Excess excess)
      throws IOException {
    long seconds = Math.max(1, excess.pause().plusMillis(999).toSeconds());
    response.setHeader("Retry-After", Long.toString(seconds));
    refusals.answer(
        request,
        response,
        RefusalCode.TOO_MANY_REQUESTS,
        "too many requests come from %s; try again in %d s. A batch counts as one request"
            .formatted(excess.source(), seconds));
  }

  private Principal authenticate(HttpServletRequest request, boolean page) throws Unauthenticated {
    if (authenticators.isEmpty()) {
      return Principal.open(request.getRemoteAddr());
    }
    Presented presented =
        page ? Presented.ofSession(SessionCookie.of(request)) : ShownCredentials.of(request);
    for (Authenticator authenticator : authenticators.get()) {
      Optional<Principal> principal = authenticator.authenticate(presented);
      if (principal.isPresent()) {
        return principal.get();
      }
    }
    throw new Unauthenticated(
        presented.bearer().isPresent()
            ? "the token of Authorization is of no kind that this service knows"
            : "a credential is required: Authorization: Bearer TOKEN, or a client certificate");
  }
}
