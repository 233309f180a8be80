/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.api.Problem;
import io.cadastre.service.failure.RefusalCode;

/** Ends a command with one line for people and a status for scripts. */
public final class CommandFailed extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final CommandStatus status;
  private final String problem;

  /** Fails with this message; an empty one prints nothing. */
  public CommandFailed(CommandStatus status, String message) {
    this(status, message, "");
  }

  /**
   * Fails with the message of a refusal by the service.
   *
   * @param problem the type of the problem document
   */
  CommandFailed(CommandStatus status, String message, String problem) {
    super(message);
    this.status = status;
    this.problem = problem;
  }

  /** Fails with this message, for that cause. */
  public CommandFailed(CommandStatus status, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
    this.problem = "";
  }

  /** Whether the service has refused with this code. */
  boolean isRefusal(RefusalCode code) {
    return problem.equals(Problem.of(code, "").type());
  }

  /** The exit status of the process. */
  public CommandStatus status() {
    return status;
  }
}
