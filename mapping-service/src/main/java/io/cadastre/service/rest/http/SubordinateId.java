/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import io.cadastre.subid.IdRange;

/**
 * A subuid or subgid.
 *
 * @param value 0 to {@link IdRange#MAX_ID}
 */
public record SubordinateId(long value) {
  /** Checks the bounds. */
  public SubordinateId {
    if (value < 0 || value > IdRange.MAX_ID) {
      throw new IllegalArgumentException(
          "%d is refused: IDs end at %d".formatted(value, IdRange.MAX_ID));
    }
  }
}
