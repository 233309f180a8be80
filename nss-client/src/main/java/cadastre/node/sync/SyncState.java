/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.sync;

import cadastre.node.guard.Acceptances;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was true when the last sync ended. It is written last.
 *
 * @param etag the snapshot's entity tag
 * @param serial the snapshot's serial
 * @param rows how many it has
 * @param snapshot checksum of the stored snapshot
 * @param served checksum of what serves it: both managed blocks and the plugin's map
 * @param inputs checksum of everything that the sync looked at, as it left it; while all of it is
 *     the same and the service has nothing new, there is nothing to do
 * @param accepted what was let pass for this snapshot, and goes on passing for it
 */
public record SyncState(
    Optional<String> etag,
    long serial,
    int rows,
    String snapshot,
    String served,
    String inputs,
    Acceptances accepted) {
  private static final String FORMAT = "# cadastre-node state 2";
  private static final List<String> KEYS =
      List.of("etag", "serial", "rows", "snapshot", "served", "inputs");
  private static final String ACCEPTED = "accepted";

  /**
   * The state that this text spells; empty if it is not one, which costs an unconditional fetch.
   */
  static Optional<SyncState> decode(String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals(FORMAT)) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    Set<String> accepted = new HashSet<>();
    for (String line : lines.subList(1, lines.size())) {
      int space = line.indexOf(' ');
      if (space > 0 && line.substring(0, space).equals(ACCEPTED)) {
        accepted.add(line.substring(space + 1));
      } else if (space > 0) {
        values.put(line.substring(0, space), line.substring(space + 1));
      }
    }
    if (!values.keySet().containsAll(KEYS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new SyncState(
              Optional.of(values.getOrDefault("etag", "")).filter(tag -> !tag.isEmpty()),
              Long.parseLong(values.getOrDefault("serial", "")),
              Integer.parseInt(values.getOrDefault("rows", "")),
              values.getOrDefault("snapshot", ""),
              values.getOrDefault("served", ""),
              values.getOrDefault("inputs", ""),
              new Acceptances(accepted)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The text of this state. */
  String encode() {
    List<String> values =
        List.of(
            etag.orElse(""),
            Long.toString(serial),
            Integer.toString(rows),
            snapshot,
            served,
            inputs);
    StringBuilder text = new StringBuilder(FORMAT).append('\n');
    for (int i = 0; i < values.size(); i++) {
      text.append(KEYS.get(i)).append(' ').append(values.get(i)).append('\n');
    }
    accepted.words().forEach(word -> text.append(ACCEPTED).append(' ').append(word).append('\n'));
    return text.toString();
  }
}
