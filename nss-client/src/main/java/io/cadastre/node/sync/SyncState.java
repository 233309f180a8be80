/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.guard.Acceptance;
import io.cadastre.node.guard.Acceptances;
import io.cadastre.node.guard.Bindings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;

/**
 * The state that a sync leaves for the next one. It is written after the files that serve owners.
 *
 * @param etag the entity tag of the snapshot
 * @param serial the serial of the snapshot
 * @param rows the number of its rows
 * @param snapshot a checksum of the stored snapshot
 * @param served a checksum of what serves it: the managed blocks and the plugin's map
 * @param inputs a checksum of everything that the sync read, as it left it; if it is the same at
 *     the next sync and the service has nothing new, there is nothing to do
 * @param accepted the acceptances that this snapshot needed; they keep passing for it
 * @param bound what the acceptances of accept.d refer to on this node
 * @param identities the same as in {@link Served}, in case that file is lost
 * @param ledger the ledger of the snapshot; empty if an earlier version wrote the state
 */
public record SyncState(
    Optional<String> etag,
    long serial,
    int rows,
    String snapshot,
    String served,
    String inputs,
    Acceptances accepted,
    Bindings bound,
    SortedMap<UUID, Served.Identity> identities,
    Optional<UUID> ledger) {
  private static final String FORMAT = "# cadastre-node state 2";
  private static final List<String> KEYS =
      List.of("etag", "serial", "rows", "snapshot", "served", "inputs");
  private static final String ACCEPTED = "accepted";
  private static final String BOUND = "bound";
  private static final String LEDGER = "ledger";

  /**
   * Parses the text of a state file. Empty if it is damaged or of another format; the next fetch is
   * unconditional then.
   */
  static Optional<SyncState> decode(String text) {
    List<String> lines = List.of(text.split("\n", -1));
    if (!lines.get(0).equals(FORMAT)) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    List<String> accepted = new ArrayList<>();
    List<String> bound = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] sides = line.split(" ", 2);
      if (sides.length == 2) {
        switch (sides[0]) {
          case ACCEPTED -> accepted.add(sides[1]);
          case BOUND -> bound.add(sides[1]);
          default -> values.put(sides[0], sides[1]);
        }
      }
    }
    if (!values.keySet().containsAll(KEYS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new SyncState(
              unlessEmpty(values.getOrDefault("etag", "")),
              Long.parseLong(values.getOrDefault("serial", "")),
              Integer.parseInt(values.getOrDefault("rows", "")),
              values.getOrDefault("snapshot", ""),
              values.getOrDefault("served", ""),
              values.getOrDefault("inputs", ""),
              acceptances(accepted),
              bindings(bound),
              Served.identities(lines),
              values.containsKey(LEDGER)
                  ? Optional.of(UUID.fromString(values.getOrDefault(LEDGER, "")))
                  : Optional.empty()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> unlessEmpty(String value) {
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  private static Acceptances acceptances(List<String> words) {
    Set<Acceptance> all = new HashSet<>();
    for (String word : words) {
      all.add(Acceptance.of(word));
    }
    return new Acceptances(all);
  }

  private static Bindings bindings(List<String> lines) {
    Map<Acceptance, String> all = new HashMap<>();
    for (String line : lines) {
      int space = line.indexOf(' ');
      if (space > 0) {
        all.put(Acceptance.of(line.substring(0, space)), line.substring(space + 1));
      }
    }
    return new Bindings(all);
  }

  /** The text of the state file. */
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
    ledger.ifPresent(id -> text.append(LEDGER).append(' ').append(id).append('\n'));
    Served.identityLines(identities).forEach(line -> text.append(line).append('\n'));
    accepted.all().forEach(word -> text.append(ACCEPTED).append(' ').append(word).append('\n'));
    bound
        .all()
        .forEach(
            (word, mark) ->
                text.append(BOUND).append(' ').append(word).append(' ').append(mark).append('\n'));
    return text.toString();
  }
}
