/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.registry.AllocationResult;
import io.cadastre.service.rest.http.Problem;
import java.util.Optional;

/**
 * What became of a line of a batch: either refused, or all that a single request would have
 * answered.
 *
 * @param line the number of the line, from 1
 * @param name the name that it gave, if it could be read
 * @param refused why nothing was done for it
 */
public record BatchResultJson(
    int line,
    Optional<String> name,
    Optional<OwnerJson> owner,
    Optional<AllocationJson> allocation,
    Optional<String> outcome,
    Optional<String> directory,
    Optional<Problem> refused) {

  /** A line that was granted. */
  public static BatchResultJson granted(int line, AllocationResult granted) {
    GrantedJson answer = GrantedJson.of(granted);
    return new BatchResultJson(
        line,
        Optional.of(answer.owner().name()),
        Optional.of(answer.owner()),
        Optional.of(answer.allocation()),
        Optional.of(answer.outcome()),
        Optional.of(answer.directory()),
        Optional.empty());
  }

  /** A line that was not. */
  public static BatchResultJson refused(int line, Optional<String> name, Problem problem) {
    return new BatchResultJson(
        line,
        name,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(problem));
  }
}
