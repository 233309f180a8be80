/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.Filter;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Owner;
import io.cadastre.subid.Severity;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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

  /** The entitled ones of these owners, as last counted. */
  synchronized Entitled among(Collection<Owner> owners) {
    filter.filter(f -> isDue()).ifPresent(this::count);
    return new Entitled(
        filter.isPresent() && matched.isEmpty()
            ? Optional.empty()
            : Optional.of(entitled(owners, matched)),
        finding);
  }

  /**
   * Asks the directory which of these owners are entitled, by stable id.
   *
   * @throws DirectoryUnavailable if the directory does not answer to the end
   */
  Set<String> askedAmong(Collection<Owner> owners) {
    return entitled(owners, filter.map(this::search));
  }

  private Set<String> entitled(Collection<Owner> owners, Optional<Set<String>> matched) {
    return owners.stream()
        .filter(owner -> owner.uidNumber() >= minimumUid)
        .map(Owner::stableId)
        .filter(id -> matched.map(ids -> ids.contains(id)).orElse(true))
        .collect(Collectors.toUnmodifiableSet());
  }

  private Set<String> search(Filter entitlement) {
    return bases
        .read(
            Filter.createANDFilter(accounts, entitlement),
            List.of(reader.stableId().attribute()),
            reader.stableId()::of,
            found -> {})
        .stream()
        .flatMap(hits -> hits.values().stream())
        .flatMap(Optional::stream)
        .collect(Collectors.toUnmodifiableSet());
  }

  private boolean isDue() {
    return nextCount.filter(time -> System.nanoTime() - time < 0).isEmpty();
  }

  private void count(Filter entitlement) {
    long begun = System.nanoTime();
    try {
      matched = Optional.of(search(entitlement));
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
