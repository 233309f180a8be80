/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.failure;

/** Why a command ends without its effect; carries the exit status that says so. */
public abstract class NodeFailure extends Exception {
  private static final long serialVersionUID = 1L;
  private final int exitStatus;

  protected NodeFailure(int exitStatus, String message) {
    super(message);
    this.exitStatus = exitStatus;
  }

  /** One of {@link ExitStatus}. */
  public int exitStatus() {
    return exitStatus;
  }
}
