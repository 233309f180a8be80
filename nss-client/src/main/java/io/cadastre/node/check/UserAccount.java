/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.guard.LocalAccounts.Account;
import io.cadastre.storage.StorageUser;
import java.util.Set;

/**
 * A user whose containers run on the node.
 *
 * @param name the login name
 * @param uid the uid
 * @param gid the primary gid
 * @param groups all gids, the primary one included
 * @param home the home folder
 */
record UserAccount(String name, long uid, long gid, Set<Long> groups, String home) {
  UserAccount {
    groups = Set.copyOf(groups);
  }

  /** This account by another of its names. */
  UserAccount named(String other) {
    return new UserAccount(other, uid, gid, groups, home);
  }

  /** Its name and its uid. */
  Account identity() {
    return new Account(name, uid);
  }

  /** The user as the caller of Podman. */
  StorageUser caller() {
    return new StorageUser(name, uid, home);
  }
}
