/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.guard;

import io.cadastre.subid.Finding;
import io.cadastre.subid.Snapshot;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an admin accepts. Immutable.
 *
 * @param all in the order of their spellings
 */
public record Acceptances(SortedSet<Acceptance> all) {
  /** An accepted loss holds for this many serials: a fleet syncs over days. */
  private static final long SERIALS_OF_A_LOSS = 1000;

  /** No acceptance. */
  public static final Acceptances NONE = new Acceptances(Set.of());

  /** Copies the set. */
  public Acceptances(Set<Acceptance> all) {
    this(Collections.unmodifiableSortedSet(new TreeSet<>(all)));
  }

  /** The acceptances that let these findings about {@code snapshot} pass. */
  public static Acceptances of(Collection<Finding> accepted, Snapshot snapshot) {
    SortedSet<Acceptance> all = new TreeSet<>();
    for (Finding finding : accepted) {
      Rule rule = Rule.of(finding.rule()).orElseThrow();
      all.add(Acceptance.of(rule, finding, snapshot.serial()));
    }
    return new Acceptances(all);
  }

  /** The union. */
  public Acceptances and(Acceptances others) {
    SortedSet<Acceptance> both = new TreeSet<>(all);
    both.addAll(others.all);
    return new Acceptances(both);
  }

  /**
   * Whether a finding about {@code next} passes.
   *
   * @param last the snapshot before it, if there is one
   */
  public boolean pass(Finding finding, Optional<Snapshot> last, Snapshot next) {
    Rule rule = Rule.of(finding.rule()).orElseThrow();
    return rule.acceptable()
        && (all.contains(Acceptance.of(rule, finding, next.serial()))
            || (rule == Rule.LEDGER && all.contains(new Acceptance(rule, next.ledger().toString())))
            || (rule == Rule.SHRUNK && passesLoss(last, next)));
  }

  private boolean passesLoss(Optional<Snapshot> last, Snapshot next) {
    return last.filter(before -> before.ledger().equals(next.ledger())).isPresent()
        && all.stream()
            .filter(acceptance -> acceptance.rule() == Rule.SHRUNK)
            .flatMap(acceptance -> acceptance.serial().stream())
            .anyMatch(
                serial ->
                    serial <= next.serial()
                        && next.serial() - serial >= 0 // false on overflow
                        && next.serial() - serial <= SERIALS_OF_A_LOSS);
  }
}
