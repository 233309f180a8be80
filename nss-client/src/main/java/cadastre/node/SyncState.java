/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was true when the last sync ended. A conditional request is made only while all of it still
 * is, so that a file edited by hand heals.
 *
 * @param url where the snapshot came from
 * @param etag the snapshot's entity tag there
 * @param snapshot SHA-256 of the stored snapshot, in hex
 * @param subuid SHA-256 of the managed block of /etc/subuid
 * @param subgid SHA-256 of the managed block of /etc/subgid
 */
record SyncState(String url, Optional<String> etag, String snapshot, String subuid, String subgid) {
  private static final String FORMAT = "# cadastre-node state 1";
  private static final List<String> KEYS = List.of("url", "etag", "snapshot", "subuid", "subgid");

  /**
   * The state that this text spells; empty if it is not one, which costs an unconditional fetch.
   */
  static Optional<SyncState> decode(String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals(FORMAT)) {
      return Optional.empty();
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      int space = line.indexOf(' ');
      if (space > 0) {
        values.put(line.substring(0, space), line.substring(space + 1));
      }
    }
    if (!values.keySet().containsAll(KEYS)) {
      return Optional.empty();
    }
    return Optional.of(
        new SyncState(
            values.getOrDefault("url", ""),
            Optional.of(values.getOrDefault("etag", "")).filter(tag -> !tag.isEmpty()),
            values.getOrDefault("snapshot", ""),
            values.getOrDefault("subuid", ""),
            values.getOrDefault("subgid", "")));
  }

  /** The text of this state. */
  String encode() {
    List<String> values = List.of(url, etag.orElse(""), snapshot, subuid, subgid);
    StringBuilder text = new StringBuilder(FORMAT).append('\n');
    for (int i = 0; i < values.size(); i++) {
      text.append(KEYS.get(i)).append(' ').append(values.get(i)).append('\n');
    }
    return text.toString();
  }
}
