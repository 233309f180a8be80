/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.failure.NodeFailure;
import java.util.List;

/**
 * The mode is {@code plugin}, but libsubid of the running system does not ask the plugin; no file
 * was changed.
 */
final class PluginIsOff extends NodeFailure {
  private static final long serialVersionUID = 1L;

  PluginIsOff() {
    super(
        ExitStatus.CONFIGURATION,
        List.of(
            "mode = plugin of /etc/cadastre/node.conf is refused: /etc/nsswitch.conf has no"
                + " \"subid: cadastre\", so no program reads the plugin's map, and without their"
                + " rows in /etc/subuid and /etc/subgid users have no range. Nothing was changed."
                + " Run:",
            "  cadastre-node plugin on && cadastre-node sync",
            "or, to serve the files:",
            "  sed -i 's/^ *mode *=.*/mode = files/' /etc/cadastre/node.conf && cadastre-node"
                + " sync"));
  }
}
