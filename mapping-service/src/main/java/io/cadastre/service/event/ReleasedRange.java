/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.event;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * A range that an entry of the directory had claimed, and that an admin has released since.
 *
 * @param start the first ID
 * @param count how many IDs
 * @param entries the DNs of the entries, each once
 * @param freed the slots that are free since
 */
@JsonPropertyOrder({"start", "count", "entries", "freed"})
public record ReleasedRange(long start, long count, List<String> entries, List<Freed> freed) {
  /** Copies the lists. */
  public ReleasedRange {
    entries = List.copyOf(entries);
    freed = List.copyOf(freed);
  }

  /**
   * The slots of one pool that are free since.
   *
   * @param pool the name of the pool
   * @param first the lowest of the slots; the pool's counter is not above it
   * @param slots how many slots
   */
  @JsonPropertyOrder({"pool", "first", "slots"})
  public record Freed(String pool, long first, long slots) {}
}
