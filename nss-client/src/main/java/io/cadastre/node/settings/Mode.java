/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.settings;

/** The two ways in which a node serves; one per node. */
public enum Mode {
  /** Rows in a managed block of /etc/subuid and /etc/subgid. */
  FILES,
  /** The map that libsubid's plugin reads; the two files hold local rows only. */
  PLUGIN
}
