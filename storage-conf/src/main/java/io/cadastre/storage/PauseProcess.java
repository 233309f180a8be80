/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

/**
 * Whether Podman's pause process of this user runs. Under the {@code legacy} rules it decides which
 * files are read: without it Podman exports XDG_CONFIG_HOME before it starts itself again in the
 * user namespace, and the user's file then stands where the system's would; with it, Podman is in
 * the namespace at once and reads both. Seen with 4.3.1: a user's file that does not parse stops
 * the first call of a session, and is passed over by every later one.
 */
public enum PauseProcess {
  /** No pause process: the first call after logging in, or after {@code podman system migrate}. */
  NEW,
  /** An earlier call left one. */
  RUNNING
}
