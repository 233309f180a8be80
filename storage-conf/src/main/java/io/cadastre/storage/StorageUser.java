/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

/**
 * Who calls Podman.
 *
 * @param name his login name
 * @param uid his uid; 0 is root, everybody else is rootless
 * @param home his home folder as passwd(5) has it; {@code HOME}, where set, counts instead
 */
public record StorageUser(String name, long uid, String home) {
  /** Whether Podman runs him in a user namespace. */
  public boolean rootless() {
    return uid != 0;
  }
}
