/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.failure;

import java.util.List;

/** A command ends without its effect; carries the exit status and the message. */
public abstract class NodeFailure extends Exception {
  private static final long serialVersionUID = 1L;
  private final int exitStatus;
  private final transient List<String> lines;

  protected NodeFailure(int exitStatus, String message) {
    this(exitStatus, List.of(message));
  }

  /**
   * A failure with a message of several lines. A line end within one of them is foreign text and is
   * printed escaped.
   */
  protected NodeFailure(int exitStatus, List<String> lines) {
    super(String.join("\n", lines));
    this.exitStatus = exitStatus;
    this.lines = List.copyOf(lines);
  }

  /** The lines of the message, at least one. */
  public List<String> lines() {
    return lines;
  }

  /** One of {@link ExitStatus}. */
  public int exitStatus() {
    return exitStatus;
  }
}
