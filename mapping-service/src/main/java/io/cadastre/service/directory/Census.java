/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import io.cadastre.subid.Finding;
import io.cadastre.subid.Severity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The counts of one read of the accounts, and what is wrong with them as a whole: a base, a filter
 * or an attribute of the configuration that does not fit the directory. Immutable.
 *
 * @param bases the entries that match {@code accountFilter}, for each base
 * @param refused how many of them cannot own a range
 * @param entitled the stable ids of the accounts that get a range, as last counted; empty if they
 *     were never counted
 * @param findings an error means that no account gets a range
 */
public record Census(
    List<Base> bases, long refused, Optional<Set<String>> entitled, List<Finding> findings) {
  /** The census before the first read. */
  public static final Census NONE = new Census(List.of(), 0, Optional.empty(), List.of());

  /**
   * The accounts below a base.
   *
   * @param dn the base
   * @param accounts the entries that match {@code accountFilter}
   */
  public record Base(String dn, long accounts) {}

  /** Copies the collections. */
  public Census {
    bases = List.copyOf(bases);
    entitled = entitled.map(Set::copyOf);
    findings = List.copyOf(findings);
  }

  /** The entries that match {@code accountFilter}. */
  public long accounts() {
    return bases.stream().mapToLong(Base::accounts).sum();
  }

  /** The findings for which no account gets a range. */
  public List<Finding> errors() {
    return findings.stream().filter(f -> f.severity() == Severity.ERROR).toList();
  }

  /** {@code 100 accounts match accountFilter, 0 are entitled}. */
  public String summary() {
    String each =
        bases.size() < 2
            ? ""
            : bases.stream()
                .map(base -> "%d below %s".formatted(base.accounts(), DnText.of(base.dn())))
                .collect(Collectors.joining(", ", " (", ")"));
    return "%d accounts match accountFilter%s, %d of them cannot own a range, %s are entitled"
        .formatted(
            accounts(),
            each,
            refused,
            entitled.map(ids -> Integer.toString(ids.size())).orElse("an unknown number"));
  }
}
