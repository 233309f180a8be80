/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import io.cadastre.service.event.AuditContext;
import io.cadastre.service.rest.http.RequestIds;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Who asks, as events record it: until roles exist, the address that the request came from. */
final class Callers {
  private Callers() {}

  static AuditContext auditContext(HttpServletRequest request, Optional<String> reason) {
    return new AuditContext("rest@" + request.getRemoteAddr(), RequestIds.current(), reason);
  }
}
