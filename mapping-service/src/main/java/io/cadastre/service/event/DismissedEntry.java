/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.event;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.StoredText;
import java.util.List;

/**
 * A directory entry that an admin has dismissed. The same DN with other ranges is another entry.
 *
 * @param entry the DN of the entry, or a short form of a DN that is too long
 * @param subuid the subuid ranges of the entry
 * @param subgid the subgid ranges of the entry
 */
@JsonPropertyOrder({"entry", "subuid", "subgid"})
public record DismissedEntry(String entry, List<Range> subuid, List<Range> subgid) {
  /**
   * A range as JSON writes it.
   *
   * @param start the first ID
   * @param count how many IDs
   */
  @JsonPropertyOrder({"start", "count"})
  public record Range(long start, long count) {}

  /** The longest {@code entry}, in UTF-16 code units, inclusive. */
  public static final int MAX_ENTRY = 1200;

  /** Checks the length and copies the lists. */
  public DismissedEntry {
    StoredText.check("the entry's DN", entry, MAX_ENTRY);
    subuid = List.copyOf(subuid);
    subgid = List.copyOf(subgid);
  }

  /** The entry with this DN and these ranges. */
  public static DismissedEntry of(String entry, List<IdRange> subuid, List<IdRange> subgid) {
    return new DismissedEntry(entry, ranges(subuid), ranges(subgid));
  }

  private static List<Range> ranges(List<IdRange> ranges) {
    return ranges.stream().sorted().map(range -> new Range(range.start(), range.count())).toList();
  }

  /** A hash that differs between any two entries. */
  public String fingerprint() {
    return EventJson.hash(EventJson.tree(this).toString());
  }
}
