/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.storage.StorageUser;
import java.util.Set;

/**
 * A user whose containers are to run on the node.
 *
 * @param name his login name
 * @param uid his uid
 * @param gid his primary gid
 * @param groups all gids, the primary one included
 * @param home his home folder
 */
record UserAccount(String name, long uid, long gid, Set<Long> groups, String home) {
  UserAccount {
    groups = Set.copyOf(groups);
  }

  /** As who calls Podman. */
  StorageUser caller() {
    return new StorageUser(name, uid, home);
  }
}
