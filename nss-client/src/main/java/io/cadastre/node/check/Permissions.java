/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.tree.FileLook;

/** Who may do what with a file, by its mode; access control lists are not looked at. */
record Permissions(int mode, long uid, long gid) {
  private static final int SETUID = 0_4000;

  static final int READ = 4;
  static final int WRITE = 2;
  static final int EXECUTE = 1;

  /** Those of a file that was looked at. */
  static Permissions of(FileLook look) {
    return new Permissions(look.mode(), look.uid(), look.gid());
  }

  boolean setuid() {
    return (mode & SETUID) != 0;
  }

  /** Whether this user may, with {@link #READ}, {@link #WRITE} or {@link #EXECUTE}. */
  boolean allow(UserAccount user, int what) {
    if (user.uid() == 0) {
      return what != EXECUTE || (mode & 0_111) != 0;
    }
    int shift = uid == user.uid() ? 6 : user.groups().contains(gid) ? 3 : 0;
    return ((mode >> shift) & what) == what;
  }
}
