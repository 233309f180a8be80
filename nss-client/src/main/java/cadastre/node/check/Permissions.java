/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Who may do what with a file, by its mode; access control lists are not looked at. */
record Permissions(int mode, long uid, long gid) {
  private static final int SETUID = 0_4000;

  static final int READ = 4;
  static final int WRITE = 2;
  static final int EXECUTE = 1;

  /** Those of a file that is there; links are followed. */
  static Permissions of(Path path) throws IOException {
    Map<String, Object> attributes = Files.readAttributes(path, "unix:mode,uid,gid");
    return new Permissions(
        (int) number(attributes, "mode") & 0_7777,
        number(attributes, "uid"),
        number(attributes, "gid"));
  }

  /** Java has a uid_t as an int, which is negative from 2^31 on. */
  private static long number(Map<String, Object> attributes, String name) {
    return attributes.get(name) instanceof Integer number ? Integer.toUnsignedLong(number) : 0;
  }

  boolean setuid() {
    return (mode & SETUID) != 0;
  }

  /** Whether this user may, with {@link #READ}, {@link #WRITE} or {@link #EXECUTE}. */
  boolean allow(Account user, int what) {
    if (user.uid() == 0) {
      return what != EXECUTE || (mode & 0_111) != 0;
    }
    int shift = uid == user.uid() ? 6 : user.groups().contains(gid) ? 3 : 0;
    return ((mode >> shift) & what) == what;
  }
}
