/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import io.cadastre.service.access.CredentialKind;
import io.cadastre.service.access.Principal;
import io.cadastre.service.event.AuditContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** The caller of a request as events record it. */
public final class Callers {
  private Callers() {}

  /** A request about an owner. */
  public static AuditContext auditContext(HttpServletRequest request, Optional<String> reason) {
    return context("rest@", request, reason);
  }

  /** A request of an admin's operation. */
  public static AuditContext admin(HttpServletRequest request, Optional<String> reason) {
    return context("admin@", request, reason);
  }

  /** A form of a page. */
  public static AuditContext page(HttpServletRequest request, Optional<String> reason) {
    return context("page@", request, reason);
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
