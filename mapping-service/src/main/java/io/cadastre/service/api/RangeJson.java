/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.subid.IdRange;

/**
 * A range.
 *
 * @param start the first ID
 * @param count how many IDs
 */
public record RangeJson(long start, long count) {
  static RangeJson of(IdRange range) {
    return new RangeJson(range.start(), range.count());
  }
}
