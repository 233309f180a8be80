/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** The option {@code --json}: an answer for programs. */
final class JsonOption {
  private JsonOption() {}

  /** Adds the option. */
  static void add(Subparser parser, String help) {
    parser.addArgument("--json").action(Arguments.storeTrue()).help(help);
  }

  /** Whether the option was given. */
  static boolean isGiven(Namespace arguments) {
    return arguments.getBoolean("json");
  }
}
