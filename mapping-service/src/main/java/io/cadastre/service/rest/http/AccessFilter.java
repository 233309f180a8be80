/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cadastre.service.access.AccessTable;
import io.cadastre.service.access.AccessTable.Effect;
import io.cadastre.service.access.Authenticator;
import io.cadastre.service.access.Presented;
import io.cadastre.service.access.Principal;
import io.cadastre.service.access.Role;
import io.cadastre.service.access.Unauthenticated;
import io.cadastre.service.api.Problem;
import io.cadastre.service.failure.RefusalCode;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The lock on the door: checks Host and Origin, finds the caller, and asks the table whether the
 * caller's role may call this. Nothing behind it runs for a request that it refuses. 401: no valid
 * credential. 403: the credential may not.
 */
public final class AccessFilter implements Filter {
  private static final Logger LOG = LoggerFactory.getLogger(AccessFilter.class);
  private static final String PRINCIPAL = AccessFilter.class.getName();
  private static final String SCHEME = "Bearer ";

  /** The logging context's key for the caller's name. */
  private static final String KEY = "principal";

  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

  private final AccessTable table;
  private final Optional<List<Authenticator>> authenticators;
  private final HostRule hosts;
  private final ObjectMapper mapper;

  /**
   * A filter for one connector.
   *
   * @param authenticators the kinds of credentials; empty for a registry that is open to everyone
   */
  public AccessFilter(
      AccessTable table,
      Optional<List<Authenticator>> authenticators,
      HostRule hosts,
      ObjectMapper mapper) {
    this.table = table;
    this.authenticators = authenticators.map(List::copyOf);
    this.hosts = hosts;
    this.mapper = mapper;
  }

  @Override
  public void doFilter(ServletRequest servletRequest, ServletResponse answer, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest request = (HttpServletRequest) servletRequest;
    HttpServletResponse response = (HttpServletResponse) answer;
    Optional<String> host = header(request, "Host");
    Optional<String> foreignHost = hosts.foreignHost(host);
    if (foreignHost.isPresent()) {
      refuse(request, response, RefusalCode.MISDIRECTED, foreignHost.get());
      return;
    }
    Optional<String> foreignOrigin = hosts.foreignOrigin(header(request, "Origin"), host);
    if (foreignOrigin.isPresent()) {
      refuse(request, response, RefusalCode.FOREIGN_ORIGIN, foreignOrigin.get());
      return;
    }
    Optional<AccessTable.Row> row = table.row(request.getMethod(), request.getRequestURI());
    if (row.filter(AccessTable.Row::everyone).isPresent()) {
      chain.doFilter(request, response);
      return;
    }
    Principal principal;
    try {
      principal = authenticate(request);
    } catch (Unauthenticated e) {
      response.setHeader("WWW-Authenticate", "Bearer realm=\"cadastre\"");
      refuse(request, response, RefusalCode.UNAUTHENTICATED, String.valueOf(e.getMessage()));
      return;
    }
    Set<Role> roles = row.map(AccessTable.Row::roles).orElse(Set.of(Role.ADMIN));
    if (!roles.contains(principal.role())) {
      refuse(request, response, RefusalCode.FORBIDDEN, forbidden(principal, request, roles));
      return;
    }
    Optional<String> bound = principal.bounds().ofChanges();
    if (bound.isPresent()
        && row.map(AccessTable.Row::effect).orElse(Effect.CHANGES) == Effect.CHANGES) {
      refuse(request, response, RefusalCode.OUT_OF_SCOPE, outOfScope(principal, bound.get()));
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

  /** Returns the caller of a request that passed the filter. */
  public static Principal principal(HttpServletRequest request) {
    return Optional.ofNullable((Principal) request.getAttribute(PRINCIPAL))
        .orElseThrow(() -> new IllegalStateException("the request did not pass the access filter"));
  }

  private Principal authenticate(HttpServletRequest request) throws Unauthenticated {
    if (authenticators.isEmpty()) {
      return Principal.open(request.getRemoteAddr());
    }
    Presented presented =
        new Presented(
            bearer(request),
            Optional.ofNullable((X509Certificate[]) request.getAttribute(CERTIFICATES))
                .map(Arrays::asList)
                .orElse(List.of()));
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

  private static Optional<String> bearer(HttpServletRequest request) throws Unauthenticated {
    Optional<String> field = header(request, "Authorization");
    if (field.isPresent() && !field.get().regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new Unauthenticated("Authorization has another scheme than Bearer");
    }
    return field.map(text -> text.substring(SCHEME.length()).strip());
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

  private static Optional<String> header(HttpServletRequest request, String name) {
    return Optional.ofNullable(request.getHeader(name));
  }

  private void refuse(
      HttpServletRequest request, HttpServletResponse response, RefusalCode code, String why)
      throws IOException {
    Problem problem = Problem.of(code, why).in(RequestIds.current());
    LOG.warn(
        "refused ({}): {} {} from {}: {}",
        code.word(),
        request.getMethod().toUpperCase(Locale.ROOT),
        request.getRequestURI(),
        request.getRemoteAddr(),
        why);
    response.setStatus(problem.status());
    response.setContentType(Problem.MEDIA_TYPE);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.getOutputStream().write(mapper.writeValueAsBytes(problem));
  }
}
