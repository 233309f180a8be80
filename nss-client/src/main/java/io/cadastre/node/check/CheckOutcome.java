/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

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

  static CheckOutcome unknown(String why) {
    return new CheckOutcome(Verdict.UNKNOWN, why, "");
  }

  static CheckOutcome notApplicable(String why) {
    return new CheckOutcome(Verdict.NOT_APPLICABLE, why, "");
  }
}
