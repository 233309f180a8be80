/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import io.cadastre.service.access.AccessTable;
import io.cadastre.service.access.AccessTable.Effect;
import io.cadastre.service.access.Authenticator;
import io.cadastre.service.access.NodePattern;
import io.cadastre.service.access.Presented;
import io.cadastre.service.access.Principal;
import io.cadastre.service.access.Role;
import io.cadastre.service.access.Unauthenticated;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.subid.NodeName;
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
import java.util.stream.Collectors;
import org.slf4j.MDC;

/**
 * The lock on the door: checks Host and Origin, finds the caller, and asks the table whether the
 * caller's role may call this. Nothing behind it runs for a request that it refuses. 401: no valid
 * credential. 403: the credential may not.
 */
public final class AccessFilter implements Filter {
  private static final String PRINCIPAL = AccessFilter.class.getName();

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
    Optional<AccessTable.Row> row = table.row(request.getMethod(), path(request));
    if (row.filter(AccessTable.Row::everyone).isPresent()) {
      chain.doFilter(request, response);
      return;
    }
    Principal principal;
    try {
      principal = authenticate(request);
    } catch (Unauthenticated e) {
      Optional<RequestRates.Excess> excess = rates.ofFailure(request.getRemoteAddr());
      if (excess.isPresent()) {
        refuse(request, response, excess.get());
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
      refusals.answer(
          request, response, RefusalCode.FORBIDDEN, forbidden(principal, request, roles));
      return;
    }
    Optional<String> bound = principal.bounds().ofChanges();
    if (bound.isPresent()
        && row.map(AccessTable.Row::effect).orElse(Effect.CHANGES) == Effect.CHANGES) {
      refusals.answer(
          request, response, RefusalCode.OUT_OF_SCOPE, outOfScope(principal, bound.get()));
      return;
    }
    if (refusesNode(principal, row, request, response)) {
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

  /** Only what begins with the prefix to the letter reaches Jersey; all else is in no row. */
  private String path(HttpServletRequest request) {
    return paths.of(request).orElseGet(request::getRequestURI);
  }

  /** Returns the caller of a request that passed the filter. */
  public static Principal principal(HttpServletRequest request) {
    return Optional.ofNullable((Principal) request.getAttribute(PRINCIPAL))
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

  private Principal authenticate(HttpServletRequest request) throws Unauthenticated {
    if (authenticators.isEmpty()) {
      return Principal.open(request.getRemoteAddr());
    }
    Presented presented = ShownCredentials.of(request);
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

  /** Holds the node that the path names against the pattern of the credential. */
  private boolean refusesNode(
      Principal principal,
      Optional<AccessTable.Row> row,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Optional<String> nodes = principal.bounds().nodes();
    Optional<String> segment =
        nodes.flatMap(any -> row.flatMap(r -> r.variable("node", path(request))));
    if (segment.isEmpty()) {
      return false;
    }
    String pattern = nodes.get();
    try {
      NodeName node = PathSegment.nodeName(segment.get());
      if (new NodePattern(pattern).matches(node)) {
        return false;
      }
      refusals.answer(
          request,
          response,
          RefusalCode.OUT_OF_SCOPE,
          "%s is for the nodes %s, and the path names %s"
              .formatted(principal.name(), pattern, node));
    } catch (Refused e) {
      refusals.answer(request, response, e.code(), String.valueOf(e.getMessage()));
    }
    return true;
  }

  private static String forbidden(Principal principal, HttpServletRequest request, Set<Role> may) {
    return "%s has the role %s; %s %s takes %s"
        .formatted(
            principal.name(),
            principal.role().word(),
            request.getMethod(),
            request.getRequestURI(),
            may.stream().sorted().map(Role::word).collect(Collectors.joining(" or ")));
  }

  /** An operation that does not hold its changes against bounds is refused whole. */
  private static String outOfScope(Principal principal, String bound) {
    return "%s is bound to %s, and this operation cannot hold a change against a bound; it takes a credential without bounds"
        .formatted(principal.name(), bound);
  }
}
