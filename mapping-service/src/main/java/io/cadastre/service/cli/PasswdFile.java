/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.api.GivenAccountJson;
import io.cadastre.service.file.GivenFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Reads accounts from passwd(5) lines: name, password, uid, gid and further fields. */
final class PasswdFile {
  /** In bytes; a file of 500,000 accounts has half of it. */
  private static final int MOST = 64 << 20;

  private PasswdFile() {}

  /**
   * The accounts in this file, in its order.
   *
   * @throws CommandFailed if the file cannot be read, or a line is no account
   */
  static List<GivenAccountJson> accounts(String file) {
    try {
      List<String> lines =
          new String(GivenFile.bytes(Path.of(file), MOST), StandardCharsets.UTF_8).lines().toList();
      return lines.stream()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> account(file, line))
          .toList();
    } catch (IOException e) {
      throw new CommandFailed(CommandStatus.NO_INPUT, file + " cannot be read: " + e, e);
    }
  }

  private static GivenAccountJson account(String file, String line) {
    String[] fields = line.split(":", -1);
    if (fields.length < 4 || !isNumber(fields[2]) || !isNumber(fields[3])) {
      throw new CommandFailed(
          CommandStatus.REFUSED,
          "%s: \"%s\" is no line of passwd(5): name:password:uid:gid:..., as \"getent passwd\" prints it"
              .formatted(file, line));
    }
    return GivenAccountJson.of(fields[0], Long.parseLong(fields[2]), Long.parseLong(fields[3]));
  }

  private static boolean isNumber(String field) {
    return field.matches("[0-9]{1,10}");
  }
}
