/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The outcome of a check.
 *
 * @param verdict the result
 * @param why what was seen
 * @param remedy what to do; empty text if there is nothing to do
 */
public record CheckOutcome(Verdict verdict, String why, String remedy) {

  static CheckOutcome pass(String why) {
    return new CheckOutcome(Verdict.PASS, why, "");
  }

  static CheckOutcome warn(String why, String remedy) {
    return new CheckOutcome(Verdict.WARN, why, remedy);
  }

  static CheckOutcome fail(String why, String remedy) {
    return new CheckOutcome(Verdict.FAIL, why, remedy);
  }

  /**
   * The failures as one outcome, or else the warnings, in their order; empty if there is neither.
   */
  static Optional<CheckOutcome> worst(List<CheckOutcome> problems) {
    return joined(Verdict.FAIL, problems).or(() -> joined(Verdict.WARN, problems));
  }

  private static Optional<CheckOutcome> joined(Verdict verdict, List<CheckOutcome> problems) {
    return problems.stream().noneMatch(problem -> problem.verdict() == verdict)
        ? Optional.empty()
        : Optional.of(
            new CheckOutcome(
                verdict,
                joined(verdict, problems, CheckOutcome::why, "; "),
                joined(verdict, problems, CheckOutcome::remedy, " ")));
  }

  private static String joined(
      Verdict verdict,
      List<CheckOutcome> problems,
      Function<CheckOutcome, String> text,
      String between) {
    return problems.stream()
        .filter(problem -> problem.verdict() == verdict)
        .map(text)
        .distinct()
        .collect(Collectors.joining(between));
  }

  static CheckOutcome unknown(String why) {
    return new CheckOutcome(Verdict.UNKNOWN, why, "");
  }

  static CheckOutcome notApplicable(String why) {
    return new CheckOutcome(Verdict.NOT_APPLICABLE, why, "");
  }
}
