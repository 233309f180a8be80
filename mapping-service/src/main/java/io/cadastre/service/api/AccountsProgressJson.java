/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import java.util.Optional;

/**
 * A line of a search for accounts: how far it has come, or its end.
 *
 * @param found the number of accounts found so far
 * @param answer the answer, in the last line
 * @param failed why there is no answer, in the last line
 */
public record AccountsProgressJson(
    Optional<Long> found, Optional<AccountsJson> answer, Optional<Problem> failed) {

  /** A search that goes on. */
  public static AccountsProgressJson found(long count) {
    return new AccountsProgressJson(Optional.of(count), Optional.empty(), Optional.empty());
  }

  /** A search that has ended. */
  public static AccountsProgressJson answer(AccountsJson answer) {
    return new AccountsProgressJson(Optional.empty(), Optional.of(answer), Optional.empty());
  }

  /** A search that has failed. */
  public static AccountsProgressJson failed(Problem problem) {
    return new AccountsProgressJson(Optional.empty(), Optional.empty(), Optional.of(problem));
  }
}
