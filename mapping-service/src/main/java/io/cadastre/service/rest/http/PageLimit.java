/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import java.util.Optional;

/**
 * The number of rows that a page may have.
 *
 * @param rows at least 1
 */
public record PageLimit(int rows) {
  /** The rows of a page if the caller names no limit. */
  public static final int USUAL = 100;

  /** The rows of a page at most. */
  public static final int MOST = 1000;

  /**
   * The rows of a page.
   *
   * @throws io.cadastre.service.failure.Refused if the limit is above {@link #MOST}
   */
  public static int rows(Optional<PageLimit> given) {
    int rows = given.map(PageLimit::rows).orElse(USUAL);
    if (rows > MOST) {
      throw outOfBounds(rows);
    }
    return rows;
  }

  static RuntimeException outOfBounds(long rows) {
    return ParameterValue.refused(
        "limit", Long.toString(rows), "it must lie in 1 to %d".formatted(MOST));
  }
}
