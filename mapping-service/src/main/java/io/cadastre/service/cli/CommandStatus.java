/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

/** The exit statuses of the commands; those of sysexits(3) where there is one. */
public enum CommandStatus {
  /** All was done. */
  OK(0),
  /** All was done, and an admin must act on the findings. */
  FINDINGS(1),
  /** EX_USAGE: the command line is wrong. */
  USAGE(64),
  /** EX_DATAERR: the service refused what was asked; nothing was changed by that. */
  REFUSED(65),
  /** EX_NOINPUT: a file cannot be read. */
  NO_INPUT(66),
  /** EX_UNAVAILABLE: the service does not answer, or not as Cadastre does. */
  UNAVAILABLE(69),
  /** EX_TEMPFAIL: try again later. */
  TRY_AGAIN(75),
  /** EX_CONFIG: the configuration is refused. */
  CONFIGURATION(78);

  private final int code;

  CommandStatus(int code) {
    this.code = code;
  }

  /** The number that the process exits with. */
  public int code() {
    return code;
  }
}
