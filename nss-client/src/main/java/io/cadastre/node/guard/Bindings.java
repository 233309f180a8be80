/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.guard;

import io.cadastre.subid.Finding;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SnapshotRow;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the acceptances of accept.d refer to on this node. A file may lie there for years, so an
 * acceptance that holds for many serials is bound when it is first used: {@code
 * identity-changed@ALLOCATION} to the name and uid of the row, {@code shrunk@SERIAL} to the ledger
 * that the node had when the file was first read. Immutable.
 *
 * @param all the UUID of the ledger, or the uid and the name, by acceptance
 */
public record Bindings(SortedMap<Acceptance, String> all) {
  /** No acceptance was used yet. */
  public static final Bindings NONE = new Bindings(Map.of());

  /** Copies the map. */
  public Bindings(Map<Acceptance, String> all) {
    this(Collections.unmodifiableSortedMap(new TreeMap<>(all)));
  }

  /** The acceptances that are not bound to anything other than what {@code next} shows. */
  public Acceptances holding(Acceptances filed, Snapshot next) {
    Map<Acceptance, String> shown = shown(filed, next);
    return new Acceptances(
        filed.all().stream()
            .filter(
                acceptance -> {
                  String bound = all.getOrDefault(acceptance, "");
                  return bound.isEmpty() || bound.equals(shown.getOrDefault(acceptance, ""));
                })
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  /**
   * The bindings once {@code next} is accepted.
   *
   * @param filed the acceptances in accept.d; the binding of a file that was removed is dropped
   * @param passed the findings that acceptances let pass
   */
  public Bindings after(
      Acceptances filed, Collection<Finding> passed, Optional<Snapshot> last, Snapshot next) {
    Set<Acceptance> used = Acceptances.of(passed, next).all();
    Map<Acceptance, String> shown = shown(filed, next);
    Map<Acceptance, String> after = new TreeMap<>();
    for (Acceptance acceptance : filed.all()) {
      boolean first = last.isEmpty() && !all.containsKey(acceptance);
      if (acceptance.rule() == Rule.SHRUNK) {
        String ledger = last.orElse(next).ledger().toString();
        after.put(acceptance, all.getOrDefault(acceptance, ledger));
      } else if (acceptance.rule() == Rule.IDENTITY_CHANGED) {
        Optional<String> bound =
            Optional.ofNullable(
                used.contains(acceptance) || first ? shown.get(acceptance) : all.get(acceptance));
        bound.ifPresent(mark -> after.put(acceptance, mark));
      }
    }
    return new Bindings(after);
  }

  /** What {@code next} shows for each acceptance. */
  private static Map<Acceptance, String> shown(Acceptances filed, Snapshot next) {
    Map<Acceptance, String> shown = new TreeMap<>();
    boolean identities = false;
    for (Acceptance acceptance : filed.all()) {
      if (acceptance.rule() == Rule.SHRUNK) {
        shown.put(acceptance, next.ledger().toString());
      }
      identities |= acceptance.rule() == Rule.IDENTITY_CHANGED;
    }
    if (identities) {
      for (SnapshotRow row : next.rows()) {
        Acceptance acceptance = new Acceptance(Rule.IDENTITY_CHANGED, row.allocation().toString());
        if (filed.all().contains(acceptance)) {
          shown.put(acceptance, row.uidNumber() + " " + row.name());
        }
      }
    }
    return shown;
  }
}
