/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.check;

/**
 * What a check came to, and why.
 *
 * @param verdict the result
 * @param why what was seen
 * @param remedy what to do about it; empty text where nothing is to be done
 */
public record Outcome(Verdict verdict, String why, String remedy) {

  static Outcome pass(String why) {
    return new Outcome(Verdict.PASS, why, "");
  }

  static Outcome warn(String why, String remedy) {
    return new Outcome(Verdict.WARN, why, remedy);
  }

  static Outcome fail(String why, String remedy) {
    return new Outcome(Verdict.FAIL, why, remedy);
  }

  static Outcome unknown(String why) {
    return new Outcome(Verdict.UNKNOWN, why, "");
  }

  static Outcome notApplicable(String why) {
    return new Outcome(Verdict.NOT_APPLICABLE, why, "");
  }
}
