/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

/**
 * Whether the pause process of this user runs. Under the {@code legacy} rules it decides which
 * files Podman reads. Without it, Podman exports XDG_CONFIG_HOME and starts itself again in the
 * user namespace; the user's file then replaces the system file. With it, Podman joins the
 * namespace at once and reads both. Seen with 4.3.1: a user's file that does not parse makes the
 * first call of a session fail, and every later call ignores it.
 */
public enum PauseProcess {
  /**
   * There is no pause process: before the first call after a login, or after {@code podman system
   * migrate}.
   */
  NEW,
  /** An earlier call started it. */
  RUNNING
}
