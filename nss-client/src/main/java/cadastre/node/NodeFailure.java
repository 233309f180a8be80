/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node;

/** Why a command ends without its effect; carries the exit status that says so. */
abstract sealed class NodeFailure extends Exception
    permits SyncRefused, ServiceUnavailable, TreeUnfit {
  private static final long serialVersionUID = 1L;
  private final int exitStatus;

  NodeFailure(int exitStatus, String message) {
    super(message);
    this.exitStatus = exitStatus;
  }

  /** One of {@link ExitStatus}. */
  int exitStatus() {
    return exitStatus;
  }
}
