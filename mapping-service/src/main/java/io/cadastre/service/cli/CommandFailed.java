/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

/** Ends a command with one line for people and a status for scripts. */
public final class CommandFailed extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final CommandStatus status;

  /** Fails with this message; an empty one prints nothing. */
  public CommandFailed(CommandStatus status, String message) {
    super(message);
    this.status = status;
  }

  /** Fails with this message, for that cause. */
  public CommandFailed(CommandStatus status, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  /** The exit status of the process. */
  public CommandStatus status() {
    return status;
  }
}
