/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.failure;

import java.util.List;

/** Why a command ends without its effect; carries the exit status that says so. */
public abstract class NodeFailure extends Exception {
  private static final long serialVersionUID = 1L;
  private final int exitStatus;
  private final transient List<String> lines;

  protected NodeFailure(int exitStatus, String message) {
    this(exitStatus, List.of(message));
  }

  /** A failure that takes several lines; a line end within one of them is not the program's. */
  protected NodeFailure(int exitStatus, List<String> lines) {
    super(String.join("\n", lines));
    this.exitStatus = exitStatus;
    this.lines = List.copyOf(lines);
  }

  /** The message, a line each; there is at least one. */
  public List<String> lines() {
    return lines;
  }

  /** One of {@link ExitStatus}. */
  public int exitStatus() {
    return exitStatus;
  }
}
