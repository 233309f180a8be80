/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.Filter;
import io.cadastre.service.directory.Subtrees.Hits;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Owner;
import io.cadastre.subid.Severity;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the accounts that the entitlement filter and the minimum uid allow a range. A server that
 * needs long for the filter is asked less often: at most a tenth of the time. Thread-safe.
 */
final class EntitlementCount {
  private static final Duration SLOW = Duration.ofSeconds(10);
  private static final int PAUSES = 9;

  private final Subtrees bases;
  private final AccountReader reader;
  private final Filter accounts;
  private final Optional<Filter> filter;
  private final long minimumUid;
  private Optional<Set<String>> matched = Optional.empty();
  private Optional<Finding> finding = Optional.empty();
  private Optional<Long> nextCount = Optional.empty();

  EntitlementCount(
      Subtrees bases,
      AccountReader reader,
      Filter accounts,
      Optional<Filter> filter,
      long minimumUid) {
    this.bases = bases;
    this.reader = reader;
    this.accounts = accounts;
    this.filter = filter;
    this.minimumUid = minimumUid;
  }

  /**
   * The entitled ones of these owners.
   *
   * @param stableIds empty if they were never counted
   * @param finding why they are not known as of now
   */
  record Entitled(Optional<Set<String>> stableIds, Optional<Finding> finding) {}

  synchronized Entitled among(Collection<Owner> owners) {
    filter.filter(f -> isDue()).ifPresent(this::count);
    if (filter.isPresent() && matched.isEmpty()) {
      return new Entitled(Optional.empty(), finding);
    }
    Set<String> entitled = new HashSet<>();
    for (Owner owner : owners) {
      if (owner.uidNumber() >= minimumUid
          && matched.map(ids -> ids.contains(owner.stableId())).orElse(true)) {
        entitled.add(owner.stableId());
      }
    }
    return new Entitled(Optional.of(entitled), finding);
  }

  private boolean isDue() {
    return nextCount.filter(time -> System.nanoTime() - time < 0).isEmpty();
  }

  private void count(Filter entitlement) {
    long begun = System.nanoTime();
    try {
      Set<String> ids = new HashSet<>();
      for (Hits<Optional<String>> hits :
          bases.read(
              Filter.createANDFilter(accounts, entitlement),
              List.of(reader.stableId().attribute()),
              reader.stableId()::of,
              found -> {})) {
        hits.values().forEach(id -> id.ifPresent(ids::add));
      }
      matched = Optional.of(ids);
      finding = Optional.empty();
    } catch (DirectoryUnavailable e) {
      finding =
          Optional.of(
              finding(
                  "the accounts that entitlementFilter %s matches were not counted: %s"
                      .formatted(DnText.of(entitlement.toString()), e.getMessage())));
    }
    Duration taken = Duration.ofNanos(System.nanoTime() - begun);
    nextCount = Optional.empty();
    if (taken.compareTo(SLOW) > 0) {
      nextCount = Optional.of(System.nanoTime() + taken.toNanos() * PAUSES);
      finding =
          finding.or(
              () ->
                  Optional.of(
                      finding(
                          "the directory needed %d s to find the accounts that entitlementFilter %s matches"
                              .formatted(taken.toSeconds(), DnText.of(entitlement.toString())))));
    }
  }

  private static Finding finding(String message) {
    return new Finding(
        "entitlement-slow",
        Severity.WARNING,
        "entitlementFilter",
        message,
        "Give the directory indexes for the attributes of entitlementFilter, or choose the accounts by an equality, as (memberOf=...).");
  }
}
