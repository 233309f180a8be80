/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import io.cadastre.service.access.AccessTable;
import io.cadastre.service.access.NodePattern;
import io.cadastre.service.access.Principal;
import io.cadastre.service.access.Role;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.subid.NodeName;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Why a credential that is valid may not do what a request asks, in words. */
final class Denials {
  private Denials() {}

  static String forbidden(Principal principal, HttpServletRequest request, Set<Role> may) {
    return "%s has the role %s; %s %s takes %s"
        .formatted(
            principal.name(),
            principal.role().word(),
            request.getMethod(),
            request.getRequestURI(),
            may.stream().sorted().map(Role::word).collect(Collectors.joining(" or ")));
  }

  /** An operation that does not hold its changes against bounds is refused whole. */
  static String outOfScope(Principal principal, String bound) {
    return "%s is bound to %s, and this operation cannot hold a change against a bound; it takes a credential without bounds"
        .formatted(principal.name(), bound);
  }

  /** Holds the node that the path names against the pattern of the credential. */
  static Optional<Refused> foreignNode(Principal principal, AccessTable.Row row, String path) {
    Optional<String> pattern = principal.bounds().nodes();
    Optional<String> segment = pattern.flatMap(any -> row.variable("node", path));
    if (segment.isEmpty()) {
      return Optional.empty();
    }
    try {
      NodeName node = PathSegment.nodeName(segment.get());
      return new NodePattern(pattern.get()).matches(node)
          ? Optional.empty()
          : Optional.of(
              new Refused(
                  RefusalCode.OUT_OF_SCOPE,
                  "%s is for the nodes %s, and the path names %s"
                      .formatted(principal.name(), pattern.get(), node)));
    } catch (Refused e) {
      return Optional.of(e);
    }
  }
}
