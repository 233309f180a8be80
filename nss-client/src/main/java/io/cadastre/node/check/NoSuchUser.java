/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.failure.NodeFailure;

/** The node does not have a user of this name. */
public final class NoSuchUser extends NodeFailure {
  private static final long serialVersionUID = 1L;

  NoSuchUser(String name, String why) {
    super(ExitStatus.NO_OWNER, "there is no user %s on this node: %s".formatted(name, why));
  }
}
