/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.lustre;

import io.cadastre.subid.IdRange;

/**
 * The offset of a nodemap, as {@code lctl nodemap_add_offset} sets it (Lustre 2.16 and later). It
 * maps the {@code limit} IDs of clients from 0 on to the file system's IDs from {@code first} on.
 * The servers squash all others.
 *
 * @param first the option {@code --offset}: the file system's ID for the client's ID 0
 * @param limit the option {@code --limit}: the number of IDs
 */
public record NodemapOffset(long first, long limit) {
  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if the IDs of the file system leave 0 to {@link
   *     IdRange#MAX_ID}, or the limit is below 1
   */
  public NodemapOffset {
    if (limit < 1 || first < 0 || limit > IdRange.MAX_ID + 1 - first) {
      throw new IllegalArgumentException(
          "first=%d and limit=%d are refused: the limit is at least 1, and IDs on the file system end at %d"
              .formatted(first, limit, IdRange.MAX_ID));
    }
  }

  /** The mapped IDs of clients. */
  public IdRange clients() {
    return new IdRange(0, limit);
  }
}
