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
  private final Supplier<String> root;

  /**
   * Paths behind this root.
   *
   * @param root what the configuration puts before the paths of the interface, behind the context
   *     path: {@code /*} or {@code /api/*}
   */
  public ApiPath(Supplier<String> root) {
    this.root = root;
  }

  /** The path as it was sent, encoded and without the query; empty if no resource can have it. */
  public Optional<String> of(HttpServletRequest request) {
    String pattern = root.get();
    String prefix =
        request.getContextPath() + pattern.substring(0, Math.max(0, pattern.lastIndexOf('/')));
    String path = request.getRequestURI();
    return path.startsWith("/", prefix.length()) && path.startsWith(prefix)
        ? Optional.of(path.substring(prefix.length()))
        : Optional.empty();
  }
}
