/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import io.cadastre.service.access.Presented;
import io.cadastre.service.access.Unauthenticated;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;

/** Reads the credentials that a request shows: a token (RFC 6750), a client's certificate. */
final class ShownCredentials {
  private static final String SCHEME = "Bearer ";
  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

  private ShownCredentials() {}

  /**
   * The credentials of this request.
   *
   * @throws Unauthenticated if Authorization has another scheme
   */
  static Presented of(HttpServletRequest request) throws Unauthenticated {
    Optional<String> field = header(request, "Authorization");
    if (field.isPresent() && !field.get().regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new Unauthenticated("Authorization has another scheme than Bearer");
    }
    return new Presented(
        field.map(text -> text.substring(SCHEME.length()).strip()),
        Optional.ofNullable((X509Certificate[]) request.getAttribute(CERTIFICATES))
            .map(Arrays::asList)
            .orElse(List.of()));
  }

  /** All values of a field, as one: two credentials are none, whichever of them a proxy checked. */
  static Optional<String> header(HttpServletRequest request, String name) {
    Enumeration<String> values = request.getHeaders(name);
    if (!values.hasMoreElements()) {
      return Optional.empty();
    }
    String first = values.nextElement();
    return Optional.of(
        values.hasMoreElements()
            ? first + ", " + String.join(", ", Collections.list(values))
            : first);
  }
}
