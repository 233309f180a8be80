/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.ArrayList;
import java.util.List;

/** Drivers, and the options beside the flag. */
final class OptionCases {
  private static final String FUSE = "\"/usr/bin/fuse-overlayfs\"";

  private OptionCases() {}

  static List<StorageCase> cases() {
    List<StorageCase> cases = new ArrayList<>();
    for (String driver :
        List.of("overlay2", "btrfs", "zfs", "aufs", "devicemapper", "Overlay", "foo", " vfs", "")) {
      String name = driver.isEmpty() ? "empty" : driver.replace(' ', '_');
      String text =
          "[storage]\ndriver = \"%s\"\n[storage.options]\nignore_chown_errors = \"1\"\n"
              .formatted(driver);
      cases.add(StorageCase.of("driver-user-" + name).user(text));
      cases.add(StorageCase.of("driver-system-" + name).system(text));
      cases.add(StorageCase.of("driver-named-" + name).named(text));
    }
    for (String driver : List.of("overlay", "vfs")) {
      cases.addAll(general(driver));
    }
    cases.addAll(overlay());
    return cases;
  }

  private static List<StorageCase> general(String driver) {
    return List.of(
        option(driver, "", "mount-program", "mount_program = " + FUSE),
        option(driver, "", "mount-program-missing", "mount_program = \"/nowhere/x\""),
        option(driver, "", "mount-program-empty", "mount_program = \"\""),
        option(driver, "", "mountopt", "mountopt = \"nodev\""),
        option(driver, "", "size", "size = \"10G\""),
        option(driver, "", "size-none", "size = \"0\""),
        option(driver, "", "size-wrong", "size = \"much\""),
        option(driver, "", "skip-home", "skip_mount_home = \"true\""),
        option(driver, "", "skip-home-wrong", "skip_mount_home = \"maybe\""),
        option(driver, "", "mask", "force_mask = 0o700"),
        option(driver, "", "mask-text", "force_mask = \"700\""),
        option(driver, "", "mask-none", "force_mask = 0"),
        option(driver, "", "mask-decimal", "force_mask = 448"),
        option(driver, "", "mask-negative", "force_mask = -1"),
        option(driver, "", "mask-large", "force_mask = 4294967296"),
        option(
            driver, "", "stores", "additionalimagestores = [\"/tmp/store/a\", \"/tmp/store/b\"]"),
        option(driver, "", "stores-none", "additionalimagestores = []"),
        option(driver, "", "stores-blank", "additionalimagestores = [\"\"]"),
        option(driver, "", "stores-missing", "additionalimagestores = [\"/nowhere\"]"),
        option(driver, "", "stores-text", "additionalimagestores = \"/tmp/store/a\""),
        option(driver, "", "stores-mixed", "additionalimagestores = [\"/tmp/store/a\", 1]"),
        option(driver, "", "unknown", "ignore_chown_error = \"yes\""),
        option(driver, "", "pull", "pull_options = {enable_partial_images = \"true\"}"),
        option(driver, "", "pull-text", "pull_options = \"x\""),
        option(driver, "", "pull-boolean", "pull_options = {enable_partial_images = true}"),
        option(driver, "", "userns", "auto-userns-min-size = 1024\nroot-auto-userns-user = \"x\""),
        option(driver, "", "userns-wrong", "auto-userns-min-size = \"1024\""),
        option(driver, "", "volatile", "disable-volatile = true"),
        option(driver, "", "volatile-text", "disable-volatile = \"true\""),
        option(driver, "", "tables", "overlay = \"x\""),
        option(driver, "." + driver, "own-unknown", "squashmount = \"true\""));
  }

  private static List<StorageCase> overlay() {
    return List.of(
        option("overlay", "", "stores-file", "additionalimagestores = [\"/tmp/store/file\"]"),
        option("overlay", "", "stores-relative", "additionalimagestores = [\"store\"]"),
        option("overlay", "", "layers", "additionallayerstores = [\"/tmp/store/a:ref\"]"),
        option("overlay", "", "layers-wrong", "additionallayerstores = [\"/tmp/store/a:x\"]"),
        option("overlay", ".overlay", "own-program", "mount_program = " + FUSE),
        option("overlay", ".overlay", "own-mountopt", "mountopt = \"nodev\""),
        option("overlay", ".overlay", "own-inodes", "inodes = \"1000\""),
        option("overlay", ".overlay", "own-inodes-none", "inodes = \"0\""),
        option("overlay", ".overlay", "own-inodes-wrong", "inodes = \"-1\""),
        option("overlay", ".overlay", "own-size", "size = \"1.5 GiB\""),
        option("overlay", ".overlay", "own-skip-wrong", "skip_mount_home = \"2\""),
        option("overlay", ".overlay", "own-mask", "force_mask = \"shared\""),
        option(
            "overlay",
            ".overlay",
            "own-mask-program",
            "force_mask = \"private\"\nmount_program = " + FUSE),
        option(
            "overlay",
            ".overlay",
            "own-mask-octal",
            "force_mask = \"0755\"\nmount_program = " + FUSE),
        option(
            "overlay",
            ".overlay",
            "own-mask-wrong",
            "force_mask = \"0788\"\nmount_program = " + FUSE),
        option("overlay", ".overlay", "composefs", "use_composefs = \"true\""),
        option("overlay", ".overlay", "composefs-off", "use_composefs = \"false\""),
        option("overlay", ".overlay", "sync", "sync = \"filesystem\""),
        option("overlay", ".overlay", "sync-wrong", "sync = \"all\""),
        option("vfs", ".vfs", "sync", "sync = \"none\""),
        option("vfs", ".overlay", "other-mountopt", "mountopt = \"nodev\""),
        option("vfs", ".overlay", "other-program", "mount_program = \"/nowhere/x\""),
        option("overlay", ".zfs", "other-name", "fsname = \"tank\""),
        option("overlay", ".thinpool", "other-size", "size = 10"));
  }

  private static StorageCase option(String driver, String table, String name, String line) {
    return StorageCase.of("option-" + driver + "-" + name)
        .user(FlagCases.driver(driver) + "[storage.options%s]\n%s\n".formatted(table, line));
  }
}
