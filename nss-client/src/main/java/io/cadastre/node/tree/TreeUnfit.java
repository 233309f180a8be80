/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import io.cadastre.node.failure.NodeFailure;

/** The node's file tree does not allow what was asked: a lock is held, a link is in the way. */
public final class TreeUnfit extends NodeFailure {
  private static final long serialVersionUID = 1L;

  /** Says why, with one of {@link io.cadastre.node.failure.ExitStatus}. */
  public TreeUnfit(int exitStatus, String message) {
    super(exitStatus, message);
  }
}
