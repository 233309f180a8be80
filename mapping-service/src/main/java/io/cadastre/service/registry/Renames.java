/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.directory.AccountIndex;
import io.cadastre.subid.Finding;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Severity;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The owners whose accounts have other names in one read than in the ledger. If they are more than
 * a tenth of the active owners (and more than three), a setting changed rather than people, for
 * instance {@code nameAttribute} or {@code nameCase}: all of them wait for an admin, because every
 * node would serve other names.
 *
 * @param renames by the old name
 * @param limit how many are followed without being accepted
 * @param waiting whether they wait
 */
public record Renames(List<Rename> renames, long limit, boolean waiting) {
  private static final int DIVISOR = 10;
  private static final long ALWAYS_FOLLOWED = 3;
  private static final String REMEDY = "cadastre follow --accept-renames";

  /** No renames. */
  static final Renames NONE = new Renames(List.of(), ALWAYS_FOLLOWED, false);

  /**
   * One owner.
   *
   * @param from the name in the ledger
   * @param to the login name of the account
   * @param uidNumber the uid of the account
   */
  public record Rename(OwnerName from, OwnerName to, long uidNumber) {}

  /** Copies the list. */
  public Renames {
    renames = List.copyOf(renames);
  }

  /** Returns the renames of a plan. */
  static Renames of(
      SynchronizationPlan plan, AccountIndex read, AdmissionRules rules, boolean accepted) {
    List<Rename> renames =
        Stream.concat(plan.moved().stream(), plan.back().stream())
            .flatMap(
                a ->
                    SynchronizationPlan.renamed(read, a, rules).stream()
                        .map(
                            account ->
                                new Rename(a.owner().name(), account.name(), account.uidNumber())))
            .toList();
    if (renames.isEmpty()) {
      return NONE;
    }
    long limit = Math.max(ALWAYS_FOLLOWED, plan.active() / DIVISOR);
    return new Renames(renames, limit, !accepted && renames.size() > limit);
  }

  /** What waits, with the remedy; empty if nothing does. */
  Optional<String> warning() {
    return waiting
        ? Optional.of(
            count() + "; look at them with: cadastre follow --dry-run, then run: " + REMEDY)
        : Optional.empty();
  }

  /** The same as a finding. */
  Optional<Finding> finding() {
    return waiting
        ? Optional.of(
            new Finding(
                "renames-wait",
                Severity.WARNING,
                "%d owners".formatted(renames.size()),
                count(),
                "Look at them with: cadastre follow --dry-run. If they are right, run: "
                    + REMEDY
                    + "; if not, correct nameAttribute or nameCase."))
        : Optional.empty();
  }

  private String count() {
    Rename first = renames.get(0);
    return "%d owners have other names in the directory than in the ledger, and at most %d are followed at once: none of them is renamed (%s would become %s)"
        .formatted(renames.size(), limit, first.from(), first.to());
  }
}
