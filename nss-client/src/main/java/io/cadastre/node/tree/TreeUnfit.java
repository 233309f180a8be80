/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import io.cadastre.node.failure.NodeFailure;

/**
 * The file tree of the node does not allow an operation: a lock is held, or a symbolic link is in
 * the way.
 */
public final class TreeUnfit extends NodeFailure {
  private static final long serialVersionUID = 1L;

  /**
   * A failure with its message.
   *
   * @param exitStatus one of {@link io.cadastre.node.failure.ExitStatus}
   */
  public TreeUnfit(int exitStatus, String message) {
    super(exitStatus, message);
  }
}
