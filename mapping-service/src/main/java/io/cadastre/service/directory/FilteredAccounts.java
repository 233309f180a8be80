/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import io.cadastre.subid.Finding;
import io.cadastre.subid.OwnerName;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * The accounts that a filter of an admin matches.
 *
 * @param names the entitled accounts
 * @param refused the entitled accounts that cannot own a range
 * @param matched how many accounts match, entitled or not; empty if there was no need to count
 * @param longestSilence the longest time that the server took to send something
 */
public record FilteredAccounts(
    List<OwnerName> names, List<Finding> refused, OptionalLong matched, Duration longestSilence) {
  /** Copies the lists. */
  public FilteredAccounts {
    names = List.copyOf(names);
    refused = List.copyOf(refused);
  }
}
