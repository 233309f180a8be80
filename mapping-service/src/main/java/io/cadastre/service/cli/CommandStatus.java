/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.subid.ExitCode;

/** The results of a command, each with its exit status. */
public enum CommandStatus {
  /** All was done. */
  OK(ExitCode.OK),
  /** All was done, and an admin must act on the findings. */
  FINDINGS(ExitCode.DATA_REFUSED),
  /** The command line is wrong. */
  USAGE(ExitCode.USAGE),
  /** The service refused what was asked; nothing was changed by that. */
  REFUSED(ExitCode.DATA_REFUSED),
  /** A file cannot be read. */
  NO_INPUT(ExitCode.NO_INPUT),
  /** The owner, or the ID, is unknown to the ledger. */
  NO_OWNER(ExitCode.NO_OWNER),
  /** The service does not answer, or not as Cadastre does. */
  UNAVAILABLE(ExitCode.UNAVAILABLE),
  /** A defect. */
  SOFTWARE(ExitCode.SOFTWARE),
  /** The heap is too small. */
  NO_MEMORY(ExitCode.NO_MEMORY),
  /** A file cannot be created. */
  CANNOT_CREATE(ExitCode.CANNOT_CREATE),
  /** Try again later. */
  TRY_AGAIN(ExitCode.TRY_AGAIN),
  /** The configuration is refused. */
  CONFIGURATION(ExitCode.CONFIGURATION);

  private final ExitCode exit;

  CommandStatus(ExitCode exit) {
    this.exit = exit;
  }

  /** The number that the process exits with. */
  public int code() {
    return exit.code();
  }
}
