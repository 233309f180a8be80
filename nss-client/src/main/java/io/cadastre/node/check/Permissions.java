/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.tree.FileStat;

/**
 * What an account may do with a file by the mode of the file. Access control lists are not
 * considered.
 */
record Permissions(int mode, long uid, long gid) {
  private static final int SETUID = 0_4000;

  static final int READ = 4;
  static final int WRITE = 2;
  static final int EXECUTE = 1;

  /** The permissions of a file. */
  static Permissions of(FileStat file) {
    return new Permissions(file.mode(), file.uid(), file.gid());
  }

  boolean setuid() {
    return (mode & SETUID) != 0;
  }

  /** Whether the user may {@link #READ}, {@link #WRITE} or {@link #EXECUTE} the file. */
  boolean allow(UserAccount user, int what) {
    if (user.uid() == 0) {
      return what != EXECUTE || (mode & 0_111) != 0;
    }
    int shift = uid == user.uid() ? 6 : user.groups().contains(gid) ? 3 : 0;
    return ((mode >> shift) & what) == what;
  }
}
