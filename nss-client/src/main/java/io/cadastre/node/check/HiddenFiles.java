/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.failure.NodeFailure;

/** A user's files are not readable for the caller, who is neither root nor the user. */
public final class HiddenFiles extends NodeFailure {
  private static final long serialVersionUID = 1L;

  HiddenFiles(String why) {
    super(ExitStatus.IO_ERROR, why + "; run this as root, or as the user");
  }
}
