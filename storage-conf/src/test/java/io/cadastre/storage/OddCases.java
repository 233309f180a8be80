/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.ArrayList;
import java.util.List;

/** Values, texts and variables that only a reader of the parsers' code would try. */
final class OddCases {
  private static final String VFS = "[storage]\ndriver = \"vfs\"\n";
  private static final String OVERLAY = "[storage]\ndriver = \"overlay\"\n";
  private static final String OWN = OVERLAY + "[storage.options.overlay]\n";
  private static final String PROGRAM = OWN + "mount_program = \"/usr/bin/fuse-overlayfs\"\n";

  private OddCases() {}

  static List<StorageCase> cases() {
    List<StorageCase> cases = new ArrayList<>();
    for (String value : List.of("\u00A0true", "\u0085true", "\\u3000true\\u2003", "\\u001ftrue")) {
      cases.add(user("flag", cases, OWN + "ignore_chown_errors = \"" + value + "\"\n"));
    }
    for (String value : List.of("0.5", "0.4b", "0.0.0", "1.2.3", "0.5k", "0 KiB", ".0", "1e-9")) {
      cases.add(user("size", cases, OWN + "size = \"" + value + "\"\n"));
    }
    for (String value : List.of("0".repeat(26), "18446744073709551616", "+0")) {
      cases.add(user("inodes", cases, OWN + "inodes = \"" + value + "\"\n"));
    }
    for (String value :
        List.of("17777777777", "20000000000", "00000000000700", "-20000000000", "-20000000001")) {
      cases.add(user("mask", cases, PROGRAM + "force_mask = \"" + value + "\"\n"));
    }
    for (String value : List.of("fuse-overlayfs", "$HOME/x")) {
      cases.add(user("program", cases, OWN + "mount_program = \"" + value + "\"\n"));
    }
    for (String value :
        List.of(
            "\"it\\'s\"",
            "\"\"\"it\n\\'s\"\"\"",
            "'it\\' # \"it\\'s\"",
            "'''\"it\\' ''' # it\\'s",
            "\"\\\\\" # \\'\ny = \"\"\"\"it's\"\"\"\"")) {
      cases.add(user("apostrophe", cases, VFS + "x = " + value + "\n"));
    }
    cases.addAll(environment());
    cases.add(
        StorageCase.of("odd-inline-opened").user(VFS + "options = {}\n[storage.options.vfs]\n"));
    cases.add(StorageCase.of("odd-array-twice").user(VFS + "a = [1]\na = [2]\n"));
    cases.add(StorageCase.of("odd-dotted-over").user(VFS + "a.b = 1\na = 2\n"));
    cases.add(
        StorageCase.of("odd-table-in-dotted")
            .user(VFS + "options.vfs.ignore_chown_errors = \"1\"\n[storage.options.vfs]\n"));
    return cases;
  }

  private static List<StorageCase> environment() {
    List<StorageCase> cases = new ArrayList<>();
    for (String folder : List.of("conf", "./conf", "@HOME@/conf/", "@HOME@/x/../conf")) {
      cases.add(
          StorageCase.of("odd-config-" + cases.size())
              .system(OVERLAY)
              .file("@HOME@/conf/containers/storage.conf", VFS)
              .with("XDG_CONFIG_HOME", folder));
    }
    for (String path : List.of("named.conf", "./named.conf", "@HOME@/./named.conf")) {
      cases.add(
          StorageCase.of("odd-named-" + cases.size())
              .system(OVERLAY)
              .named(VFS)
              .with("CONTAINERS_STORAGE_CONF", path));
    }
    for (String text : List.of(OVERLAY, VFS + "runroot = \"@HOME@/r\"\n")) {
      cases.add(
          StorageCase.of("odd-runtime-" + cases.size())
              .user(text)
              .with("XDG_RUNTIME_DIR", "@HOME@/gone"));
    }
    return cases;
  }

  private static StorageCase user(String name, List<StorageCase> before, String text) {
    return StorageCase.of("odd-%s-%d".formatted(name, before.size())).user(text);
  }
}
