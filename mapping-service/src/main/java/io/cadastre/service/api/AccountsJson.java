/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.registry.AccountSearch;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The entitled accounts that an LDAP filter matches.
 *
 * @param accounts the names, sorted
 * @param refused the accounts that cannot own a range, each with the reason
 * @param counts how many accounts there are
 * @param longestSilenceSeconds the longest time that the directory took to send something
 */
public record AccountsJson(
    List<String> accounts, List<FindingJson> refused, Counts counts, long longestSilenceSeconds) {

  /**
   * Counts of accounts.
   *
   * @param accounts those that match accountFilter
   * @param entitled those of them that are entitled; absent if they were not counted
   * @param matched those that match accountFilter and this filter, entitled or not; absent unless
   *     no account is in the answer
   */
  public record Counts(long accounts, Optional<Long> entitled, Optional<Long> matched) {}

  /** The answer to a search. */
  public static AccountsJson of(AccountSearch search) {
    return new AccountsJson(
        search.names(),
        search.refused().stream().map(FindingJson::of).toList(),
        new Counts(search.accounts(), number(search.entitled()), number(search.matched())),
        search.longestSilence().toSeconds());
  }

  private static Optional<Long> number(OptionalLong number) {
    return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
  }
}
