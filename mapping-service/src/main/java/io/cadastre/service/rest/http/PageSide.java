/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import io.cadastre.service.access.Principal;
import io.cadastre.service.api.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The side of the interface that people look at, {@value #ROOT}. There a session in a cookie is the
 * only credential, a refusal is a page, and every answer forbids content of other hosts. Everywhere
 * else a session is nothing. Immutable.
 */
public final class PageSide {
  /** The path of all pages, behind what an operator may have put before it. */
  public static final String ROOT = "/ui";

  /** The page on which people show their token. */
  public static final String SIGN_IN = ROOT + "/sign-in";

  /** The page that judges a file of up to 128 KiB; its form is larger, for the encoding. */
  public static final String STORAGE_CONF = ROOT + "/storage-conf";

  /** The pages of the audit log, which may read many rows. */
  public static final String EVENTS = ROOT + "/events";

  /** The page of the ID space, which reads all of a pool. */
  public static final String MAP = ROOT + "/map";

  /** The media type of a page. */
  public static final String HTML = "text/html;charset=utf-8";

  /** The field of a page's policy: nothing of another host, nothing inline, no frame. */
  public static final String POLICY_FIELD = "Content-Security-Policy";

  /** The policy of every answer. */
  public static final String POLICY =
      "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

  /** The fields of every answer. */
  private static final Map<String, String> FIELDS =
      Map.of(
          POLICY_FIELD,
          POLICY,
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "same-origin",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin");

  private static final Set<String> READING = Set.of("GET", "HEAD");

  private final ApiPath paths;
  private final Function<Shown, String> page;

  /**
   * A problem, and who is to see it.
   *
   * @param principal the caller, if it is known
   * @param session the cookie of the session, if one came
   */
  public record Shown(Problem problem, Optional<Principal> principal, Optional<String> session) {}

  /**
   * The pages behind these paths.
   *
   * @param page makes the page of a problem
   */
  public PageSide(ApiPath paths, Function<Shown, String> page) {
    this.paths = paths;
    this.page = page;
  }

  /** Whether a path of the interface, encoded, is one that people look at. */
  public static boolean concerns(String path) {
    return path.equals("/") || path.equals(ROOT) || path.startsWith(ROOT + "/");
  }

  /**
   * Whether a refusal of a request with the path of this URI is a page. That of "/" is none: Jetty
   * names a request so that it cannot read.
   */
  boolean concernsUri(String uri) {
    return paths
        .behind(uri)
        .filter(path -> !path.equals("/"))
        .filter(PageSide::concerns)
        .isPresent();
  }

  /** The fields that every answer has. */
  static Map<String, String> fields() {
    return FIELDS;
  }

  /** The page of a problem. */
  String page(Problem problem, Optional<Principal> principal, Optional<String> session) {
    return page.apply(new Shown(problem, principal, session));
  }

  /**
   * Returns why a request may be one that another site's page has made; empty for a reader's own.
   * Every browser of today sends one of the two fields with a form; the filter of access has
   * refused an {@code Origin} that is not the service's own. Another site may lead to a page, but
   * not load one behind its reader's back.
   */
  static Optional<String> forged(HttpServletRequest request) {
    if (READING.contains(request.getMethod())) {
      return isLoadedElsewhere(request)
          ? Optional.of(
              "a page of another site loads it (Sec-Fetch-Site: cross-site); open it by a link or"
                  + " by its address")
          : Optional.empty();
    }
    boolean own =
        ShownCredentials.header(request, "Sec-Fetch-Site")
            .map("same-origin"::equals)
            .orElseGet(() -> request.getHeader("Origin") != null);
    return own
        ? Optional.empty()
        : Optional.of(
            "the form does not come from a page of this registry: neither Sec-Fetch-Site nor Origin"
                + " says so; programs use /v1");
  }

  private static boolean isLoadedElsewhere(HttpServletRequest request) {
    String mode = request.getHeader("Sec-Fetch-Mode");
    return "cross-site".equals(request.getHeader("Sec-Fetch-Site"))
        && mode != null
        && !mode.equals("navigate");
  }

  /** The address of the page for signing in, which leads back to where the request wanted to go. */
  String signIn(HttpServletRequest request, boolean ended) {
    String wanted =
        paths.of(request).orElse(ROOT)
            + Optional.ofNullable(request.getQueryString()).map(q -> "?" + q).orElse("");
    return paths.prefix()
        + SIGN_IN
        + "?to="
        + URLEncoder.encode(wanted, StandardCharsets.UTF_8)
        + (ended ? "&ended=true" : "");
  }
}
