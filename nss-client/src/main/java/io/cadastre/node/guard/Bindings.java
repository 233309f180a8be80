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
 * What the acceptances of accept.d that hold for many serials are about on this node. A file may
 * lie there for years: an {@code identity-changed@ALLOCATION} holds for the name and uid that it
 * was first used for, a {@code shrunk@SERIAL} for the ledger that the node had when it was first
 * there. Immutable.
 *
 * @param all the ledger's UUID, or the uid and the name, by acceptance
 */
public record Bindings(SortedMap<Acceptance, String> all) {
  /** Nothing was accepted yet. */
  public static final Bindings NONE = new Bindings(Map.of());

  /** Copies them. */
  public Bindings(Map<Acceptance, String> all) {
    this(Collections.unmodifiableSortedMap(new TreeMap<>(all)));
  }

  /** Those acceptances that are about nothing else than {@code next} on this node. */
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
   * The bindings once {@code next} is taken.
   *
   * @param filed what is in accept.d; the bindings of a file that is gone go with it
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

  /** What {@code next} shows of each. */
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
