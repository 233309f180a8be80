/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import io.cadastre.service.event.AuditContext;
import io.cadastre.service.rest.http.RequestIds;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** The actor of a request as events record it: until roles exist, the address it came from. */
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
      String role, HttpServletRequest request, Optional<String> reason) {
    return new AuditContext(role + request.getRemoteAddr(), RequestIds.current(), reason);
  }
}
