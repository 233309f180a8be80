/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

/**
 * The user that calls Podman.
 *
 * @param name the login name
 * @param uid the uid; 0 is root, every other user is rootless
 * @param home the home folder of passwd(5); {@code HOME} replaces it if it is set
 */
public record StorageUser(String name, long uid, String home) {
  /** Returns whether Podman runs in a user namespace for this user. */
  public boolean rootless() {
    return uid != 0;
  }
}
