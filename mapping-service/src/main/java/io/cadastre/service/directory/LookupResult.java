/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import io.cadastre.subid.Finding;
import io.cadastre.subid.Owner;

/** The answer of the directory for one name. */
public sealed interface LookupResult {
  /**
   * An account with that name, byte for byte.
   *
   * @param owner the identity
   * @param entitled whether the entitlement filter and the minimum uid allow a range
   * @param ambiguous whether another account has the same name or uidNumber; gets no range then
   */
  record Account(Owner owner, boolean entitled, boolean ambiguous) implements LookupResult {}

  /** No account has that name. */
  record NoAccount() implements LookupResult {}

  /**
   * An account that cannot own a range.
   *
   * @param finding what is wrong with the account
   */
  record RefusedAccount(Finding finding) implements LookupResult {}
}
