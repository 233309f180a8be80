/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.failure.NodeFailure;

/** A user's files, which may not be looked at by who calls us: neither root nor he. */
public final class HiddenFiles extends NodeFailure {
  private static final long serialVersionUID = 1L;

  HiddenFiles(String why) {
    super(ExitStatus.IO_ERROR, why + "; call as root, or as the user");
  }
}
