/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The cookie of a session. No script reads it and no other site sends it. Over TLS its name has the
 * prefix {@code __Host-}: no other host and no plain connection can set it (RFC 6265bis).
 */
public final class SessionCookie {
  private static final String PLAIN = "cadastre_session";
  private static final String SECURE = "__Host-" + PLAIN;

  private SessionCookie() {}

  /** The session's ID, as the request shows it; empty for none, and for two. */
  public static Optional<String> of(HttpServletRequest request) {
    String name = request.isSecure() ? SECURE : PLAIN;
    List<String> values =
        Stream.of(Optional.ofNullable(request.getCookies()).orElseGet(() -> new Cookie[0]))
            .filter(cookie -> cookie.getName().equals(name))
            .map(Cookie::getValue)
            .distinct()
            .toList();
    return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
  }

  /** The field that gives the browser a session's ID, for as long as the browser runs. */
  public static String set(HttpServletRequest request, String id) {
    return field(request, id, "");
  }

  /** The field that takes it away. */
  public static String clear(HttpServletRequest request) {
    return field(request, "", "; Max-Age=0");
  }

  /** The path is "/", as the prefix demands. */
  private static String field(HttpServletRequest request, String value, String more) {
    return request.isSecure()
        ? "%s=%s; Path=/; HttpOnly; SameSite=Strict; Secure%s".formatted(SECURE, value, more)
        : "%s=%s; Path=/; HttpOnly; SameSite=Strict%s".formatted(PLAIN, value, more);
  }
}
