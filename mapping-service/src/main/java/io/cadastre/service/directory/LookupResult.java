/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import io.cadastre.subid.Finding;
import io.cadastre.subid.Owner;
import java.util.Optional;
import java.util.function.Function;

/** The answer of the directory for one name. */
public sealed interface LookupResult {
  /**
   * An account with that name, byte for byte.
   *
   * @param owner the identity
   * @param formerStableId the text of the stable id in earlier versions, if it was another
   * @param entitled whether the entitlement filter and the minimum uid allow a range
   * @param ambiguous whether another account has the same name, uidNumber or stable id; gets no
   *     range then
   */
  record Account(Owner owner, Optional<String> formerStableId, boolean entitled, boolean ambiguous)
      implements LookupResult {
    @Override
    public <T> T fold(
        Function<Account, T> account,
        Function<RefusedAccount, T> refused,
        Function<NoAccount, T> none) {
      return account.apply(this);
    }
  }

  /**
   * No account has that name.
   *
   * @param near what there is instead, for a message: an account with the name in another case
   */
  record NoAccount(Optional<String> near) implements LookupResult {
    /** No account, and none with a similar name. */
    public NoAccount() {
      this(Optional.empty());
    }

    @Override
    public <T> T fold(
        Function<Account, T> account,
        Function<RefusedAccount, T> refused,
        Function<NoAccount, T> none) {
      return none.apply(this);
    }
  }

  /**
   * An account that cannot own a range.
   *
   * @param finding what is wrong with the account
   */
  record RefusedAccount(Finding finding) implements LookupResult {
    @Override
    public <T> T fold(
        Function<Account, T> account,
        Function<RefusedAccount, T> refused,
        Function<NoAccount, T> none) {
      return refused.apply(this);
    }
  }

  /** Returns the value of the function for this kind of answer. */
  <T> T fold(
      Function<Account, T> account,
      Function<RefusedAccount, T> refused,
      Function<NoAccount, T> none);

  /** The account; empty if there is none, or if it cannot own a range. */
  default Optional<Account> account() {
    return fold(Optional::of, refused -> Optional.empty(), none -> Optional.empty());
  }
}
