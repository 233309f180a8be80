/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.settings;

/** The two ways in which a node serves ranges; a node has one of them. */
public enum Mode {
  /** Rows in a managed block of /etc/subuid and /etc/subgid. */
  FILES,
  /** The map that libsubid's plugin reads; the two files hold only local rows. */
  PLUGIN
}
