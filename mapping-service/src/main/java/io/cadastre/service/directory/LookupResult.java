/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import io.cadastre.subid.Finding;

/** What looking for one name in the directory came to. */
public sealed interface LookupResult {
  /**
   * There is an account of that name, byte for byte.
   *
   * @param account the account, entitled or not, ambiguous or not
   */
  record Found(Account account) implements LookupResult {}

  /** There is none. */
  record Unknown() implements LookupResult {}

  /**
   * There is one, but it cannot own a range.
   *
   * @param finding what is wrong with it
   */
  record Refused(Finding finding) implements LookupResult {}
}
