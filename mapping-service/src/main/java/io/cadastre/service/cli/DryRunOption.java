/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** The option {@code --dry-run}. */
final class DryRunOption {
  private static final String DEST = "dryRun";

  private DryRunOption() {}

  /** Adds the option with the help of a change to the ledger. */
  static void add(Subparser parser) {
    add(parser, "say what would be done, and change nothing");
  }

  /** Adds the option. */
  static void add(Subparser parser, String help) {
    parser.addArgument("--dry-run").dest(DEST).action(Arguments.storeTrue()).help(help);
  }

  /** Whether the option was given. */
  static boolean isGiven(Namespace arguments) {
    return arguments.getBoolean(DEST);
  }
}
