/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.settings;

import io.cadastre.subid.NodeName;
import java.util.Optional;

/**
 * Whether a node tells the service what it serves.
 *
 * @param on whether a sync sends reports
 * @param node the node's name; empty for the host name of the kernel
 */
public record Reporting(boolean on, Optional<NodeName> node) {
  /** The settings where the file has none. */
  static final Reporting NONE = new Reporting(false, Optional.empty());
}
