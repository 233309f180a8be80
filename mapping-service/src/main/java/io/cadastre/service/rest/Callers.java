/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import io.cadastre.service.access.CredentialKind;
import io.cadastre.service.access.Principal;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.rest.http.AccessFilter;
import io.cadastre.service.rest.http.RequestIds;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** The caller of a request as events record it. */
final class Callers {
  private Callers() {}

  /** A request about an owner. */
  static AuditContext auditContext(HttpServletRequest request, Optional<String> reason) {
    return context("rest@", request, reason);
  }

  /** A request of an admin's operation. */
  static AuditContext admin(HttpServletRequest request, Optional<String> reason) {
    return context("admin@", request, reason);
  }

  private static AuditContext context(
      String part, HttpServletRequest request, Optional<String> reason) {
    Principal principal = AccessFilter.principal(request);
    if (principal.kind() == CredentialKind.OPEN) {
      return new AuditContext(part + request.getRemoteAddr(), RequestIds.current(), reason);
    }
    return AuditContext.of(principal, RequestIds.current(), reason);
  }
}
