/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.registry.AllocationResult.Allocated;
import java.util.Optional;

/**
 * The result of one line of a batch: the answer to a single request, or the reason of a refusal.
 *
 * @param line the number of the line, from 1
 * @param name the name in the line, if it could be read
 * @param refused why nothing was done for the line
 */
public record BatchResultJson(
    int line,
    Optional<String> name,
    Optional<OwnerJson> owner,
    Optional<AllocationJson> allocation,
    Optional<String> outcome,
    Optional<String> directory,
    Optional<Problem> refused) {

  /** The result of a line that has an allocation. */
  public static BatchResultJson of(int line, Allocated allocated) {
    AllocatedJson answer = AllocatedJson.of(allocated);
    return new BatchResultJson(
        line,
        Optional.of(answer.owner().name()),
        Optional.of(answer.owner()),
        Optional.of(answer.allocation()),
        Optional.of(answer.outcome()),
        Optional.of(answer.directory()),
        Optional.empty());
  }

  /** The result of a refused line. */
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
