/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.directory.Census;
import io.cadastre.service.directory.FilteredAccounts;
import io.cadastre.subid.Finding;
import io.cadastre.subid.OwnerName;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The entitled accounts that a filter of an admin matches.
 *
 * @param names sorted
 * @param refused the entitled accounts that cannot own a range
 * @param accounts how many match {@code accountFilter}, by the last read
 * @param entitled how many of these are entitled, by the last read; empty if they were not counted
 * @param matched how many match this filter too, entitled or not; empty if that was not counted
 * @param longestSilence the longest time that the directory took to send something
 */
public record AccountSearch(
    List<String> names,
    List<Finding> refused,
    long accounts,
    OptionalLong entitled,
    OptionalLong matched,
    Duration longestSilence) {

  static AccountSearch of(FilteredAccounts found, Census census) {
    return new AccountSearch(
        found.names().stream().map(OwnerName::value).sorted().toList(),
        found.refused(),
        census.accounts(),
        census.entitled().stream().mapToLong(Set::size).findFirst(),
        found.matched(),
        found.longestSilence());
  }
}
