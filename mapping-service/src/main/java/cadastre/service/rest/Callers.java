/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.rest;

import cadastre.service.ledger.Origin;
import cadastre.service.rest.http.RequestIds;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Who asks, as events record it: until roles exist, the address that the request came from. */
final class Callers {
  private Callers() {}

  static Origin origin(HttpServletRequest request, Optional<String> reason) {
    return new Origin("rest@" + request.getRemoteAddr(), RequestIds.current(), reason);
  }
}
