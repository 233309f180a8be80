/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds the path of a request as the interface has it, without what an operator may have put before
 * it: {@code applicationContextPath} and {@code rootPath}. Immutable.
 */
public final class ApiPath {
  private final Supplier<String> context;
  private final Supplier<String> root;

  /**
   * Paths behind this context path and root, which are known once the server is built.
   *
   * @param context {@code /} or {@code /cadastre}
   * @param root what the configuration puts before the paths of the interface, behind the context
   *     path: {@code /*} or {@code /api/*}
   */
  public ApiPath(Supplier<String> context, Supplier<String> root) {
    this.context = context;
    this.root = root;
  }

  /** What stands before every path of the interface: empty, or a path without a '/' at its end. */
  public String prefix() {
    String before = context.get();
    String pattern = root.get();
    return (before.equals("/") ? "" : before)
        + pattern.substring(0, Math.max(0, pattern.lastIndexOf('/')));
  }

  /** The path as it was sent, encoded and without the query; empty if no resource can have it. */
  public Optional<String> of(HttpServletRequest request) {
    return behind(request.getRequestURI());
  }

  /** The same for the path of a URI. */
  Optional<String> behind(String path) {
    String prefix = prefix();
    return path.startsWith("/", prefix.length()) && path.startsWith(prefix)
        ? Optional.of(path.substring(prefix.length()))
        : Optional.empty();
  }
}
